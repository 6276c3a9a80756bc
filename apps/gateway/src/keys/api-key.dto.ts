import { ApiProperty } from '@nestjs/swagger';
import { AreExternalRefs } from '@expo-accord/http';
import { type ExternalRef } from '@expo-accord/values';
import { ArrayNotEmpty, ArrayUnique, IsArray, IsIn, IsString, Length } from 'class-validator';
import { allScopes } from './scopes';

export class CreateKeyBody {
  @ApiProperty({ type: 'string', example: 'expo system of the venue', minLength: 1, maxLength: 200 })
  @IsString()
  @Length(1, 200)
  name!: string;

  @ApiProperty({ type: 'string', isArray: true, enum: allScopes, example: ['events:read', 'registrations:write'] })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(allScopes, { each: true })
  scopes!: string[];

  @AreExternalRefs({ optional: true })
  externalRefs?: ExternalRef[];
}

export class KeyAnswer {
  @ApiProperty({ type: 'string', format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'string' })
  name!: string;

  @ApiProperty({ type: 'string', isArray: true })
  scopes!: string[];

  @ApiProperty({ type: 'string', enum: ['active', 'revoked'] })
  status!: 'active' | 'revoked';

  @AreExternalRefs()
  externalRefs!: ExternalRef[];

  @ApiProperty({ type: 'string', format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  revokedAt!: string | null;

  @ApiProperty({ type: 'integer' })
  version!: number;
}

export class CreatedKeyAnswer extends KeyAnswer {
  @ApiProperty({ type: 'string', description: 'The key itself, shown this once; keep it', example: 'xa_..._...' })
  key!: string;
}

export class KeyPage {
  @ApiProperty({ type: [KeyAnswer] })
  items!: KeyAnswer[];

  @ApiProperty({ type: 'string', nullable: true })
  nextCursor!: string | null;
}
