import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * What was answered to a POST that carried an `Idempotency-Key`; kept for 48 hours, in the owner's own schema, in a
 * partition for each day (see KeyDays). Over all of them no index can be unique: who takes a key locks it first.
 */
@Entity('idempotency_key')
export class IdempotencyKey {
  @PrimaryColumn('uuid')
  tenantId!: string;

  @PrimaryColumn('text')
  key!: string;

  @PrimaryColumn('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  /** Id of the API key; null where the answer was kept by a release that did not ask. */
  @Column('text', { nullable: true })
  caller!: string | null;

  @Column('text')
  methodPath!: string;

  @Column('bytea')
  bodyHash!: Buffer;

  @Column('int')
  status!: number;

  @Column('jsonb')
  headers!: Record<string, string>;

  @Column('jsonb', { nullable: true })
  body!: unknown;
}
