import { type LocalizedText } from '@expo-accord/values';
import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A kind of ticket that an event hands out: delegate, buyer, press... The code is the organiser's own. */
@Entity('ticket_category')
@Unique(['eventId', 'code'])
export class TicketCategory {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid')
  eventId!: string;

  @Column('text')
  code!: string;

  @Column('jsonb', { nullable: true })
  names!: LocalizedText | null;

  @Column('boolean', { default: false })
  requiresApproval!: boolean;

  @Column('boolean', { default: false })
  waitlist!: boolean;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}
