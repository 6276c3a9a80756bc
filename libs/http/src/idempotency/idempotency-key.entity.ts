import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** What was answered to a POST that carried an `Idempotency-Key`; kept for 24 hours, in the owner's own schema. */
@Entity('idempotency_key')
export class IdempotencyKey {
  @PrimaryColumn('uuid')
  tenantId!: string;

  @PrimaryColumn('text')
  key!: string;

  @Column('text')
  methodPath!: string;

  @Column('bytea')
  bodyHash!: Buffer;

  @Column('int', { nullable: true })
  status!: number | null;

  @Column('jsonb', { nullable: true })
  headers!: Record<string, string> | null;

  @Column('jsonb', { nullable: true })
  body!: unknown;

  @Index()
  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
