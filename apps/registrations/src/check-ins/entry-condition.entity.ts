import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { RegistrationRow } from '../registrations/registration.entity';

/** What was said of one entry condition of a registration. Never changed: what is said later counts from then on. */
@Entity('entry_condition')
@Index(['registrationId'])
export class EntryConditionRow {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid')
  @ForeignKey(() => RegistrationRow, { onDelete: 'CASCADE' })
  registrationId!: string;

  @Column('text')
  code!: string;

  @Column('boolean')
  satisfied!: boolean;

  @Column('timestamptz')
  at!: Date;
}
