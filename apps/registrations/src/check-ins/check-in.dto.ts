import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsCode, PageQuery } from '@expo-accord/http';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsISO8601,
  IsOptional,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { type Conflict, conflicts, type Direction, type Outcome, outcomes } from './check-in.rules';
import { IsInstant } from './is-instant';

export const mostScans = 500;

const directions = ['in', 'out'] as const satisfies readonly Direction[];

export class ScanBody {
  @ApiProperty({
    example: 'north-3-000117',
    description: "The scanner's own id of the scan, unique within the event: sending it again changes nothing",
  })
  @Matches(/^[\x21-\x7e]{1,100}$/, { message: 'scanId has to be 1 to 100 visible ASCII characters' })
  scanId!: string;

  @ApiPropertyOptional({ description: 'What the QR code said, whatever that is; either this or `registrationId`' })
  @IsOptional()
  @Length(1, 2_000)
  ticket?: string | null;

  @ApiPropertyOptional({ format: 'uuid', description: 'Of somebody who was found without a ticket' })
  @IsOptional()
  @IsUUID()
  registrationId?: string | null;

  @ApiProperty({ format: 'date-time', example: '2030-10-17T09:00:00+09:00', description: "By the scanner's clock" })
  @IsInstant()
  scannedAt!: string;

  @ApiPropertyOptional({
    format: 'date',
    description: 'The day of the event that the scan counts for; by default the date in `scannedAt` as it is written',
  })
  @IsOptional()
  @Matches(/^2[01]\d{2}-\d{2}-\d{2}$/, { message: 'day has to be a date as YYYY-MM-DD' })
  @IsISO8601({ strict: true })
  day?: string | null;

  @ApiPropertyOptional({ enum: directions, default: 'in' })
  @IsOptional()
  @IsIn(directions)
  direction?: Direction | null;

  @ApiPropertyOptional({ example: 'north', description: 'Where it was scanned; two gates are told apart by it' })
  @IsOptional()
  @Length(1, 100)
  gate?: string | null;

  @ApiPropertyOptional({
    type: [String],
    example: ['healthCertificate'],
    description: 'Codes of entry conditions of the event that were seen to be satisfied here: from this scan on',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsCode({ each: true })
  conditionsMet?: string[] | null;
}

export class ScanBatchBody {
  @ApiProperty({ type: () => [ScanBody], maxItems: mostScans, description: 'In any order, and as often as you like' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostScans, { message: `scans may hold ${mostScans} at most; send the others in another batch` })
  @ValidateNested({ each: true })
  @Type(() => ScanBody)
  scans!: ScanBody[];
}

export class CheckInAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty()
  scanId!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null where none could be told' })
  registrationId!: string | null;

  @ApiProperty({
    enum: outcomes,
    description: '`entered`: for the first time on that day; let nobody in on `conflict`',
  })
  outcome!: Outcome;

  @ApiProperty({ enum: conflicts, nullable: true })
  conflict!: Conflict | null;

  @ApiProperty({ type: [String], description: 'With `entry-condition-unmet`: the codes of what was not satisfied' })
  conditionsUnmet!: readonly string[];

  @ApiProperty({ type: [String], description: 'Codes of what was seen to be satisfied at this scan' })
  conditionsMet!: readonly string[];

  @ApiProperty({ type: 'integer', nullable: true, description: "The ticket's number; null where no ticket was read" })
  ticketNumber!: number | null;

  @ApiProperty({ format: 'date-time' })
  scannedAt!: string;

  @ApiProperty({ format: 'date' })
  day!: string;

  @ApiProperty({ enum: directions })
  direction!: Direction;

  @ApiProperty({ type: String, nullable: true })
  gate!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class CheckInPage {
  @ApiProperty({ type: () => [CheckInAnswer] })
  items!: CheckInAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class ScanResult {
  @ApiProperty()
  scanId!: string;

  @ApiProperty({
    enum: [...outcomes, 'refused'],
    description: '`refused`: the scan id belongs to another scan, which stays; nothing was kept of this one',
  })
  outcome!: Outcome | 'refused';

  @ApiProperty({ enum: [...conflicts, 'scan-id-reused'], nullable: true })
  code!: Conflict | 'scan-id-reused' | null;

  @ApiProperty({ type: [String], description: 'With `entry-condition-unmet`: the codes of what was not satisfied' })
  conditionsUnmet!: readonly string[];

  @ApiProperty({ description: 'Whether the scan was here already, before this batch or earlier in it' })
  repeated!: boolean;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  checkInId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  registrationId!: string | null;
}

export class ScanBatchAnswer {
  @ApiProperty({ type: () => [ScanResult], description: 'One for each scan, in the order in which they were sent' })
  items!: ScanResult[];
}

export class CheckInQuery extends OmitType(PageQuery, ['ref']) {
  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'Only conflicts, or only what is none' })
  @IsOptional()
  @IsIn(['true', 'false'])
  conflict?: 'true' | 'false';

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  registrationId?: string;

  @ApiPropertyOptional({ format: 'date' })
  @IsOptional()
  @Matches(/^2[01]\d{2}-\d{2}-\d{2}$/, { message: 'day has to be a date as YYYY-MM-DD' })
  @IsISO8601({ strict: true })
  day?: string;
}
