import { Column, PrimaryColumn } from 'typeorm';
import { type ExternalRef } from '@expo-accord/values';

/** Columns that every resource of this service has. `version` counts changes, for If-Match. */
export abstract class Recorded {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('integer')
  version!: number;

  @Column('uuid', { nullable: true })
  eventId!: string | null;

  @Column('boolean')
  synthetic!: boolean;

  @Column('boolean')
  historical!: boolean;

  @Column('jsonb')
  externalRefs!: ExternalRef[];

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;
}
