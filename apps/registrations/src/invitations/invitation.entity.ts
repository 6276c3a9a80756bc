import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { RegistrationRow } from '../registrations/registration.entity';

/** Codes that were made together, and what they let in to. */
@Entity('invitation')
@Index(['tenantId', 'eventId', 'id'])
export class Invitation {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid')
  eventId!: string;

  /** The organiser's own words. */
  @Column('text', { nullable: true })
  label!: string | null;

  /** The only one that its codes let in to; null for any. */
  @Column('text', { nullable: true })
  category!: string | null;

  @Column('integer')
  count!: number;

  /** Of each code. */
  @Column('integer')
  uses!: number;

  @Column('timestamptz', { nullable: true })
  expiresAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}

/** The code itself is told once and kept nowhere. */
@Entity('invitation_code')
@Index(['invitationId'])
export class InvitationCode {
  @PrimaryColumn('uuid')
  eventId!: string;

  @PrimaryColumn('text')
  hash!: string;

  @Column('uuid')
  @ForeignKey(() => Invitation)
  invitationId!: string;

  @Column('integer', { default: 0 })
  used!: number;
}

/** Who came by which code. */
@Entity('invitation_use')
@Index(['eventId', 'hash'])
export class InvitationUse {
  @PrimaryColumn('uuid')
  @ForeignKey(() => RegistrationRow, { onDelete: 'CASCADE' })
  registrationId!: string;

  @PrimaryColumn('text')
  hash!: string;

  @Column('uuid')
  eventId!: string;
}
