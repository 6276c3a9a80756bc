import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, Matches } from 'class-validator';
import { codePattern } from '../registrations/registration.dto';

export class FormQuery {
  @ApiPropertyOptional({ example: 'buyer', description: 'A ticket category with a form of its own' })
  @IsOptional()
  @Matches(codePattern, { message: 'category has to be a code in lowerCamelCase' })
  category?: string;
}

export class FormVersionQuery extends FormQuery {
  @ApiPropertyOptional({ type: 'integer', description: 'The newest, if left out' })
  @IsOptional()
  @Matches(/^[1-9]\d{0,8}$/, { message: 'version has to be a positive integer' })
  version?: string;
}

export class FormVersionAnswer {
  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty({ type: String, nullable: true, description: 'null: for all categories that have none of their own' })
  category!: string | null;

  @ApiProperty({ type: 'integer', description: 'What a sign-up names as its formVersion' })
  version!: number;

  @ApiProperty({ description: 'Where this version can always be read' })
  url!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}
