import { type LocalizedText } from '@expo-accord/values';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A value that a tenant added to a code list. */
@Entity('code')
export class CodeEntity {
  @PrimaryColumn('uuid')
  tenantId!: string;

  @PrimaryColumn('text')
  list!: string;

  @PrimaryColumn('text')
  code!: string;

  @Column('jsonb')
  names!: LocalizedText;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
