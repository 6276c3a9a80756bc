import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, Length, Matches, Max, Min } from 'class-validator';
import { IsInstant } from '../check-ins/is-instant';
import { codePattern } from '../registrations/registration.dto';

const MOST_CODES = 1_000;
const MOST_USES = 100_000;

export class InvitationBody {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: MOST_CODES, description: 'How many codes to make' })
  @IsInt()
  @Min(1)
  @Max(MOST_CODES)
  count!: number;

  @ApiPropertyOptional({ type: 'integer', default: 1, description: 'How many may sign up by each of them' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_USES)
  uses?: number | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'vip', description: 'The only one they let in to' })
  @IsOptional()
  @Matches(codePattern, { message: 'category has to be a code in lowerCamelCase' })
  category?: string | null;

  @ApiPropertyOptional({ type: String, format: 'date-time', nullable: true })
  @IsOptional()
  @IsInstant()
  expiresAt?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: 'Embassies', description: 'Your own words for them' })
  @IsOptional()
  @Length(1, 200)
  label?: string | null;
}

export class InvitationAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty({ type: String, nullable: true })
  label!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'null: any' })
  category!: string | null;

  @ApiProperty({ type: 'integer' })
  count!: number;

  @ApiProperty({ type: 'integer', description: 'Of each code' })
  uses!: number;

  @ApiProperty({ type: 'integer', description: 'Of all codes together; one that came to nothing is not given back' })
  used!: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expiresAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  revokedAt!: string | null;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class NewInvitationAnswer extends InvitationAnswer {
  @ApiProperty({ type: [String], example: ['7K3M-9QZD-0V4T-HRXA'], description: 'Told this once, and kept nowhere' })
  codes!: string[];
}

export class InvitationPage {
  @ApiProperty({ type: () => [InvitationAnswer] })
  items!: InvitationAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
