import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { AreExternalRefs, IsEconomy, IsLocalizedText } from '@expo-accord/http';
import { type ExternalRef, type LocalizedText } from '@expo-accord/values';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsObject,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { type RegistrationStatus, registrationStatuses } from '../registrations/registration';
import { SignUpBody } from '../registrations/registration.dto';

const MOST_MEMBERS = 500;

/** Members that are to be admitted as a whole. */
export class MembersBody {
  @ApiProperty({ type: () => [SignUpBody] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_MEMBERS)
  @ValidateNested({ each: true })
  @Type(() => SignUpBody)
  members!: SignUpBody[];
}

export class DelegationBody {
  @IsLocalizedText({ optional: true, nullable: true })
  names?: LocalizedText | null;

  @IsEconomy({ optional: true, nullable: true, description: 'The side of all its members' })
  economy?: string | null;

  @ApiPropertyOptional({ type: 'integer', nullable: true, description: 'The most it may have, its head among them' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_MEMBERS)
  places?: number | null;

  @AreExternalRefs({ optional: true, nullable: true })
  externalRefs?: ExternalRef[] | null;

  @ApiProperty({ type: () => SignUpBody })
  @IsObject()
  @ValidateNested()
  @Type(() => SignUpBody)
  head!: SignUpBody;

  @ApiProperty({ type: () => [SignUpBody], description: 'Without the head' })
  @IsArray()
  @ArrayMaxSize(MOST_MEMBERS)
  @ValidateNested({ each: true })
  @Type(() => SignUpBody)
  members!: SignUpBody[];
}

export class MemberAnswer {
  @ApiProperty({ format: 'uuid' })
  registrationId!: string;

  @ApiProperty({ enum: registrationStatuses })
  status!: RegistrationStatus;

  @ApiProperty()
  isHead!: boolean;
}

export class DelegationAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  names!: LocalizedText | null;

  @ApiProperty({ type: String, nullable: true, example: 'KR' })
  economy!: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  places!: number | null;

  @ApiProperty({ type: 'array', items: { type: 'object' }, example: [{ system: 'expo-a', id: '77' }] })
  externalRefs!: readonly ExternalRef[];

  @ApiProperty({ type: () => [MemberAnswer], description: 'In the order in which they were signed up' })
  members!: MemberAnswer[];

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class DelegationPage {
  @ApiProperty({ type: () => [DelegationAnswer] })
  items!: DelegationAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
