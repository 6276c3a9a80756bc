import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A caller's own code, claimed by one resource of a kind: sending the same thing twice finds the first. */
@Entity()
@Index(['resourceId'])
export class ExternalRefClaim {
  @PrimaryColumn('uuid')
  tenantId!: string;

  /** Plural path: agreements, projects... */
  @PrimaryColumn('text')
  resource!: string;

  @PrimaryColumn('text')
  system!: string;

  @PrimaryColumn('text')
  externalId!: string;

  @Column('uuid')
  resourceId!: string;
}
