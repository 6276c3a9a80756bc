import { type ExternalRef } from '@expo-accord/values';
import { Column, Index, PrimaryColumn } from 'typeorm';

/**
 * What every resource of this service is stored with. Fields that are referenced, filtered by or counted have columns of
 * their own in the subclass; everything a source merely says about the thing stays in `details` as it was given.
 */
@Index(['tenantId', 'id'])
export abstract class RecordEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;

  @Column('jsonb', { default: [] })
  externalRefs!: ExternalRef[];

  /**
   * Names in every language and script, folded for searching. Read through without an index: of 100,000 events that takes
   * a quarter of a second, and pg_trgm, which no service may install, takes longer for words of two characters.
   */
  @Column('text', { default: '' })
  searchText!: string;

  @Column('jsonb', { default: {} })
  details!: Record<string, unknown>;
}
