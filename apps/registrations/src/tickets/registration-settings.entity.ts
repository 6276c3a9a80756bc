import { Column, Entity, PrimaryColumn } from 'typeorm';
import { personIdentities, type PersonIdentity } from '../registrations/person-fingerprint';

/** How an event takes people in where a ticket category does not say it for itself. */
@Entity('registration_settings')
export class RegistrationSettings {
  @PrimaryColumn('uuid')
  eventId!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('boolean', { default: false })
  requiresApproval!: boolean;

  @Column('boolean', { default: false })
  waitlist!: boolean;

  @Column('boolean', { default: false })
  requiresInvitation!: boolean;

  @Column('text', { default: personIdentities[0] })
  personIdentity!: PersonIdentity;

  @Column('integer', { default: 0 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}
