import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** So many scans of one outcome on one day more, or fewer; written by triggers of the table of scans alone. */
@Entity()
@Index(['eventId'])
export class CheckInTotal {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column('uuid')
  eventId!: string;

  @Column('date')
  day!: string;

  @Column('text')
  outcome!: string;

  @Column('bigint')
  count!: string;
}
