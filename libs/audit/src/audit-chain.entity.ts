import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Where the chain of a resource ends, kept apart from its entries: without it the last ones could go unnoticed. */
@Entity()
export class AuditChain {
  @PrimaryColumn('uuid')
  tenantId!: string;

  @PrimaryColumn('text')
  resource!: string;

  @PrimaryColumn('uuid')
  resourceId!: string;

  @Column('integer')
  length!: number;

  /** The hash of the last entry. */
  @Column('text')
  headHash!: string;
}
