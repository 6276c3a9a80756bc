import { Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { RegistrationRow } from '../registrations/registration.entity';
import { type Conflict, type Direction, type Outcome } from './check-in.rules';

/** One scan at a gate. What was scanned never changes; what came of it does, when an earlier scan arrives later. */
@Entity('check_in')
@Unique(['eventId', 'scanId'])
@Index(['tenantId', 'eventId', 'id'])
@Index(['registrationId'])
export class CheckInRow {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid')
  eventId!: string;

  @Column('text')
  scanId!: string;

  /** SHA-256 of what was scanned: the ticket itself is not kept. */
  @Column('text')
  contentHash!: string;

  /** Null where none could be told. */
  @Column('uuid', { nullable: true })
  @ForeignKey(() => RegistrationRow, { onDelete: 'CASCADE' })
  registrationId!: string | null;

  /** Null where no ticket was read. */
  @Column('integer', { nullable: true })
  ticketNumber!: number | null;

  @Column('timestamptz')
  scannedAt!: Date;

  @Column('date')
  day!: string;

  @Column('text')
  direction!: Direction;

  @Column('text', { nullable: true })
  gate!: string | null;

  @Column('text')
  outcome!: Outcome;

  @Column('text', { nullable: true })
  conflict!: Conflict | null;

  /** Codes that the scan itself says are satisfied. */
  @Column('text', { array: true, default: () => "'{}'" })
  conditionsMet!: readonly string[];

  /** Codes that the event asked for when the scan arrived. */
  @Column('text', { array: true, default: () => "'{}'" })
  conditionsAsked!: readonly string[];

  @Column('text', { array: true, default: () => "'{}'" })
  conditionsUnmet!: readonly string[];

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;
}
