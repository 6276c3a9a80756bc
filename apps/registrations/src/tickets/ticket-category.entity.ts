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

  /** Null, here and below, where it is as the event says. */
  @Column('boolean', { nullable: true })
  requiresApproval!: boolean | null;

  @Column('boolean', { nullable: true })
  waitlist!: boolean | null;

  @Column('boolean', { nullable: true })
  requiresInvitation!: boolean | null;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}
