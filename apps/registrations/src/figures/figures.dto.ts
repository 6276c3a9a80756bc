import { ApiProperty } from '@nestjs/swagger';
import { QuotaAnswer } from '../tickets/ticket.dto';

export class QuotaPlaces {
  @ApiProperty({ example: 'event', description: '`event`, the code of a ticket category, or an economy' })
  quota!: QuotaAnswer['quota'];

  @ApiProperty()
  scope!: QuotaAnswer['scope'];

  @ApiProperty({ type: 'integer' })
  places!: number;

  @ApiProperty({ type: 'integer' })
  taken!: number;

  @ApiProperty({ type: 'integer' })
  free!: number;
}

export class AvailabilityAnswer {
  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty({ description: 'Whether anybody can sign up now; places are another matter' })
  open!: boolean;

  @ApiProperty({ type: String, nullable: true, example: 'registration-over' })
  closedBecause!: string | null;

  @ApiProperty({ example: 'open' })
  eventStatus!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  opensAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closesAt!: string | null;

  @ApiProperty({ type: () => [QuotaPlaces] })
  quotas!: QuotaPlaces[];

  @ApiProperty({
    type: [String],
    description: 'Categories with a place left in every quota they draw from, sides aside',
  })
  categoriesWithPlaces!: string[];

  @ApiProperty({ description: 'Part of a simulation' })
  synthetic!: boolean;

  @ApiProperty({ format: 'date-time' })
  asOf!: string;
}

class CountedRow {
  @ApiProperty({ type: 'integer', description: 'Who holds a place, whether they came or not' })
  registered!: number;

  @ApiProperty({ type: 'integer' })
  checkedIn!: number;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' }, example: { confirmed: 3, checkedIn: 5 } })
  byStatus!: Record<string, number>;
}

export class BreakdownRow extends CountedRow {
  @ApiProperty({ type: String, nullable: true, example: 'buyer', description: 'Null: not stated' })
  key!: string | null;
}

export class OrganizationRow extends CountedRow {
  @ApiProperty({ format: 'uuid', description: 'What stands for it now' })
  organizationId!: string;
}

export class DayRow {
  @ApiProperty({ format: 'date' })
  day!: string;

  @ApiProperty({ type: 'integer', description: 'Registrations whose holder came in on that day' })
  entered!: number;

  @ApiProperty({ type: 'integer', description: 'How often somebody came in again' })
  reEntered!: number;

  @ApiProperty({ type: 'integer', description: 'How often somebody was scanned going out' })
  left!: number;

  @ApiProperty({ type: 'integer', description: 'Scans that let nobody in' })
  conflicts!: number;
}

export class BreakdownAnswer {
  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty({ description: 'Counted from registrations, as against reported by somebody', example: 'registrations' })
  basis!: 'registrations';

  @ApiProperty({ type: () => BreakdownRow })
  total!: BreakdownRow;

  @ApiProperty({ type: () => [BreakdownRow] })
  byCategory!: BreakdownRow[];

  @ApiProperty({ type: () => [BreakdownRow] })
  byEconomy!: BreakdownRow[];

  @ApiProperty({ type: () => [BreakdownRow] })
  byMode!: BreakdownRow[];

  @ApiProperty({
    type: () => [OrganizationRow],
    description: 'Of those given by id, the hundred with the most places, the largest first',
  })
  byOrganization!: OrganizationRow[];

  @ApiProperty({ description: 'Of organisations given by id that are not among the hundred' })
  otherOrganizations!: CountedRow;

  @ApiProperty({
    description:
      'Of an organisation that was given by name only, or of none: the rest of the total. A name as somebody wrote it is personal data, goes when the person is erased, and is not counted by',
  })
  withoutOrganizationId!: CountedRow;

  @ApiProperty({ type: () => [DayRow], description: 'Scans at the gates; who was entered as checked in has none' })
  byDay!: DayRow[];

  @ApiProperty({ description: 'Part of a simulation' })
  synthetic!: boolean;

  @ApiProperty({ format: 'date-time' })
  asOf!: string;
}
