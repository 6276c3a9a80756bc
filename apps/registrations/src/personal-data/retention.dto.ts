import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsISO8601, IsOptional, Matches, Max, Min } from 'class-validator';

const MOST_DAYS = 36_500;
const withZone = /^2\d{3}-.*T.*(Z|[+-]\d\d:\d\d)$/;

export class RetentionBody {
  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    minimum: 0,
    maximum: MOST_DAYS,
    description:
      'Days after the end of the event; null for the usual 365. Who was entered later is kept as long from then',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_DAYS)
  days?: number | null;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'An instant instead, for instance where the end of the event is not known to the hour',
  })
  @IsOptional()
  @Matches(withZone, { message: 'until has to be an instant as RFC 3339, with its offset' })
  @IsISO8601({ strict: true, strictSeparator: true })
  until?: string | null;
}

export class RetentionAnswer {
  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'As it was set; null for the usual 365' })
  days!: number | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'As it was set' })
  until!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'From when on registrants are erased; null while the end of the event is not known to the hour',
  })
  keptUntil!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When registrants were last erased' })
  purgedAt!: string | null;

  @ApiProperty({ type: 'integer' })
  version!: number;
}
