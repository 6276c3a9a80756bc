import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { EventEntity } from '../events/event.entity';
import { PersonEntity } from '../people/person.entity';
import { RecordEntity } from '../records/record.entity';

/** A named person's part in an event. */
@Entity('participation')
@Index(['eventId'])
@Index(['personId'])
export class ParticipationEntity extends RecordEntity {
  @Column('uuid')
  @ForeignKey(() => EventEntity, { onDelete: 'CASCADE' })
  eventId!: string;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => PersonEntity)
  personId!: string | null;

  @Column('text')
  role!: string;
}
