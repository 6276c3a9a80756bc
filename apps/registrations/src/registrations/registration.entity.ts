import { type ExternalRef, type PartialDate } from '@expo-accord/values';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What became of a sign-up. Nothing here says who the person is: see Registrant. */
@Entity('registration')
@Index(['tenantId', 'eventId', 'id'])
@Index('registration_person_once', ['eventId', 'fingerprint'], {
  unique: true,
  where: `fingerprint IS NOT NULL AND status <> 'cancelled' AND status <> 'declined'`,
})
@Index('registration_waiting', ['eventId', 'createdAt', 'id'], { where: `status = 'waitlisted' AND NOT historical` })
@Index('registration_of_delegation', ['delegationId'], { where: 'delegation_id IS NOT NULL' })
export class RegistrationRow {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid')
  eventId!: string;

  @Column('text')
  status!: string;

  @Column('text')
  category!: string;

  @Column('text', { nullable: true })
  economy!: string | null;

  @Column('text')
  mode!: string;

  @Column('text', { nullable: true })
  language!: string | null;

  @Column('uuid', { nullable: true })
  organizationId!: string | null;

  @Column('uuid', { array: true, default: '{}' })
  sessionIds!: string[];

  /** Whom it waits and is admitted with. */
  @Column('uuid', { nullable: true })
  delegationId!: string | null;

  @Column('boolean')
  notify!: boolean;

  @Column('boolean')
  historical!: boolean;

  @Column('boolean')
  synthetic!: boolean;

  @Column('integer', { nullable: true })
  formVersion!: number | null;

  @Column('jsonb', { nullable: true })
  registeredOn!: PartialDate | null;

  @Column('jsonb')
  externalRefs!: ExternalRef[];

  /** Keyed hash of what makes the person one and the same; null when nothing does. */
  @Column('text', { nullable: true })
  fingerprint!: string | null;

  @Column('timestamptz', { array: true, default: '{}' })
  ticketsEndedAt!: Date[];

  @Column('timestamptz', { nullable: true })
  erasedAt!: Date | null;

  @Column('integer')
  version!: number;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;
}
