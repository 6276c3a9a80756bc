import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** So many projects of one kind more, or fewer; written by triggers of the table of projects alone. */
@Entity()
@Index(['tenantId', 'eventId'])
export class ProjectTotal {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid', { nullable: true })
  eventId!: string | null;

  @Column('boolean')
  synthetic!: boolean;

  @Column('text')
  status!: string;

  @Column('text', { nullable: true })
  stalledFrom!: string | null;

  @Column('text', { nullable: true })
  industry!: string | null;

  @Column('text', { array: true })
  economies!: string[];

  @Column('text', { nullable: true })
  currency!: string | null;

  @Column('text', { nullable: true })
  qualifier!: string | null;

  /** Of `between`: whether its bounds belong to it. */
  @Column('boolean', { nullable: true })
  inclusive!: boolean | null;

  @Column('bigint')
  count!: string;

  @Column('numeric', { nullable: true })
  value!: string | null;

  @Column('numeric', { nullable: true })
  lower!: string | null;

  @Column('numeric', { nullable: true })
  upper!: string | null;
}
