import { type ExternalRef, type LocalizedText } from '@expo-accord/values';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** People who are admitted, or wait, as a whole. Who they are is said by their registrations. */
@Entity('delegation')
@Index(['tenantId', 'eventId', 'id'])
export class Delegation {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid')
  eventId!: string;

  @Column('jsonb', { nullable: true })
  names!: LocalizedText | null;

  /** The side of all its members. */
  @Column('text', { nullable: true })
  economy!: string | null;

  /** The most members that it may have, its head among them; null for any number. */
  @Column('integer', { nullable: true })
  places!: number | null;

  /** The registration of its head, whoever has it by now. */
  @Column('uuid')
  headId!: string;

  @Column('jsonb')
  externalRefs!: ExternalRef[];

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}
