import { type LocalizedText } from '@expo-accord/values';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { type DocumentedResource } from './documented-resources';
import { type DocumentType } from './media-types';

/** `pending` until its content has come; `removed` until nothing of it is in the store for certain. */
export type DocumentStatus = 'pending' | 'stored' | 'removed';

/**
 * A file of an agreement's or an outcome document's text, or of the evidence of an assessment. The row is there before and
 * after its content, so that no content is without one.
 */
@Entity('document')
@Index(['tenantId', 'resource', 'resourceId', 'id'])
@Index(['status', 'updatedAt'], { where: `status <> 'stored'` })
export class FiledDocument {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  /** Plural path of what it belongs to. */
  @Column('text')
  resource!: DocumentedResource;

  @Column('uuid')
  resourceId!: string;

  @Column('jsonb')
  name!: LocalizedText;

  @Column('text', { nullable: true })
  language!: string | null;

  /** Whether the text in this language is an authentic one; null where nobody says. */
  @Column('boolean', { nullable: true })
  authentic!: boolean | null;

  @Column('text')
  mediaType!: DocumentType;

  @Column('text')
  sha256!: string;

  /** Null while it is pending. */
  @Column('bigint', { nullable: true })
  size!: string | null;

  @Column('text')
  status!: DocumentStatus;

  /** The document whose place it takes, which stays. */
  @Column('uuid', { nullable: true })
  replacesId!: string | null;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;
}
