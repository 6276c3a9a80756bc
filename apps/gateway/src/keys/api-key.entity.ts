import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import { type ExternalRef } from '@expo-accord/values';
import { Tenant } from '../tenants/tenant.entity';

/** An API key without its secret: of that, only the hash is kept. */
@Entity('api_key')
@Index(['tenantId', 'id'])
export class ApiKey {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @ManyToOne(() => Tenant)
  @JoinColumn({ name: 'tenant_id' })
  tenant?: Relation<Tenant>;

  @Column('text')
  name!: string;

  @Column('text', { array: true })
  scopes!: string[];

  /** SHA-256; enough, because the secret is random and long, not chosen by a person. */
  @Column('bytea')
  secretHash!: Buffer;

  /** The key that made it; null for a tenant's first. */
  @Column('uuid', { nullable: true })
  createdBy!: string | null;

  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;

  @Column('jsonb', { default: [] })
  externalRefs!: ExternalRef[];

  @Column('int', { default: 1 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}
