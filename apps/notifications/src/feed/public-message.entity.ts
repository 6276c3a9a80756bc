import { Column, Entity, Generated, Index, PrimaryColumn } from 'typeorm';

/** A public message as it was received, kept 30 days: what webhooks deliver and the feed shows. */
@Entity()
@Index(['tenantId', 'position'])
@Index(['receivedAt'])
export class PublicMessage {
  /** The message's own id. */
  @PrimaryColumn('uuid')
  id!: string;

  /** Drawn under a lock that is held until commit, so a reader of the feed never misses one that commits late. */
  @Column('bigint')
  @Generated('increment')
  position!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('text')
  type!: string;

  @Column('text')
  source!: string;

  @Column('integer')
  epoch!: number;

  @Column('bigint')
  sequence!: string;

  @Column('text')
  correlationId!: string;

  @Column('timestamptz')
  time!: Date;

  @Column('jsonb')
  data!: Record<string, unknown>;

  @Column('timestamptz', { default: () => 'now()' })
  receivedAt!: Date;
}
