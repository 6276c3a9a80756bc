import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A caller's own code for a record: unique per tenant and resource, so that sending a thing twice cannot make two. */
@Entity('external_ref')
@Index(['recordId'])
export class ExternalRefEntity {
  @PrimaryColumn('uuid')
  tenantId!: string;

  @PrimaryColumn('text')
  resource!: string;

  @PrimaryColumn('text')
  system!: string;

  @PrimaryColumn('text')
  externalId!: string;

  @Column('uuid')
  recordId!: string;
}
