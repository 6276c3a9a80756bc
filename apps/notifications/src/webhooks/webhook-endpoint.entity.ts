import { type ExternalRef } from '@expo-accord/values';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

export type EndpointStatus = 'enabled' | 'disabled' | 'deleted';
/** `requested`: by the tenant. `gone`: it answered 410. `repeatedFailure`: a whole retry schedule without one success. */
export type DisabledReason = 'requested' | 'gone' | 'repeatedFailure';

@Entity()
@Index(['tenantId', 'id'])
export class WebhookEndpoint {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('text')
  url!: string;

  /** Null: every public type, also those that come later. */
  @Column('text', { array: true, nullable: true })
  types!: string[] | null;

  @Column('text', { nullable: true })
  description!: string | null;

  @Column('text')
  status!: EndpointStatus;

  @Column('text', { nullable: true })
  disabledReason!: DisabledReason | null;

  @Column('timestamptz', { nullable: true })
  disabledAt!: Date | null;

  @Column('text')
  sealedSecret!: string;

  /** Signs too until it expires, so that receivers can be changed one after another. */
  @Column('text', { nullable: true })
  previousSealedSecret!: string | null;

  @Column('timestamptz', { nullable: true })
  previousSecretExpiresAt!: Date | null;

  @Column('jsonb', { default: () => `'[]'` })
  externalRefs!: ExternalRef[];

  @Column('integer')
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}
