import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { EventEntity } from '../events/event.entity';
import { PersonEntity } from '../people/person.entity';
import { RecordEntity } from '../records/record.entity';

/** What somebody said at an event, as it was reported. */
@Entity('statement')
@Index(['eventId'])
@Index(['personId'])
export class StatementEntity extends RecordEntity {
  @Column('uuid')
  @ForeignKey(() => EventEntity, { onDelete: 'CASCADE' })
  eventId!: string;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => PersonEntity)
  personId!: string | null;

  @Column('text')
  form!: 'verbatim' | 'indirect';
}
