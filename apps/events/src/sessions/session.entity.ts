import { Column, Entity, ForeignKey, Index } from 'typeorm';
import { EventEntity } from '../events/event.entity';
import { RecordEntity } from '../records/record.entity';

/** A part of an event's programme. What has its own host, name or sign-up is a sub-event instead. */
@Entity('session')
@Index(['eventId'])
export class SessionEntity extends RecordEntity {
  @Column('uuid')
  @ForeignKey(() => EventEntity, { onDelete: 'CASCADE' })
  eventId!: string;

  @Column('text')
  kind!: string;
}
