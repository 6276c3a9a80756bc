import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** So many registrations of one kind more, or fewer; written by triggers of the table of registrations alone. */
@Entity()
@Index(['eventId'])
export class RegistrationTotal {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id!: string;

  @Column('uuid')
  eventId!: string;

  @Column('text')
  category!: string;

  @Column('text', { nullable: true })
  economy!: string | null;

  @Column('text')
  mode!: string;

  @Column('text')
  status!: string;

  @Column('bigint')
  count!: string;
}
