import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Who changed what, when. The database refuses to change or delete an entry. */
@Entity()
@Index(['tenantId', 'resource', 'resourceId', 'id'])
export class AuditEntry {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  /** Plural path: agreements, projects... */
  @Column('text')
  resource!: string;

  @Column('uuid')
  resourceId!: string;

  @Column('timestamptz')
  at!: Date;

  @Column('text')
  keyId!: string;

  @Column('text')
  action!: string;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('jsonb', { nullable: true })
  before!: object | null;

  @Column('jsonb', { nullable: true })
  after!: object | null;
}
