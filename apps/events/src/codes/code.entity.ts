import { type LocalizedText } from '@expo-accord/values';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { type CodeStatus } from './code.rules';

/** A value that a tenant added to a code list. */
@Entity('code')
@Index(['tenantId', 'list', 'code'], { unique: true })
export class CodeEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('text')
  list!: string;

  @Column('text')
  code!: string;

  @Column('jsonb')
  names!: LocalizedText;

  @Column('text')
  status!: CodeStatus;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}
