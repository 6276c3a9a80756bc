import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { type EntryDigests } from './chain.rules';

/** Who changed what, when. The database refuses to change or delete an entry; its content alone may be erased. */
@Entity()
@Index(['tenantId', 'resource', 'resourceId', 'sequence'], { unique: true })
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

  /** Its place in the chain of its resource, from 1. */
  @Column('integer')
  sequence!: number;

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

  /** Of the digests, in hex; null once the content was erased, so that nobody can try out what it may have been. */
  @Column('text', { nullable: true })
  salt!: string | null;

  @Column('jsonb')
  digests!: EntryDigests;

  /** SHA-256 in hex, of the entry with the hash of the one before it. */
  @Column('text')
  hash!: string;
}
