import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** So many registrations of one organisation more, or fewer; written by triggers of the table of registrations alone. */
@Entity()
@Index(['eventId'])
export class OrganizationTotal {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column('uuid')
  eventId!: string;

  @Column('uuid')
  organizationId!: string;

  @Column('text')
  status!: string;

  @Column('bigint')
  count!: string;
}
