import { type LocalizedText, type PartialDate } from '@expo-accord/values';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { EventEntity } from './event.entity';

/** One step in an event's life: which action, from where to where, why. Never changed afterwards. */
@Entity('event_status_change')
@Index(['eventId'])
export class EventStatusChangeEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid')
  @ForeignKey(() => EventEntity, { onDelete: 'CASCADE' })
  eventId!: string;

  @Column('text')
  action!: string;

  @Column('text')
  previousStatus!: string;

  @Column('text')
  status!: string;

  @Column('jsonb', { nullable: true })
  reason!: LocalizedText | null;

  @Column('jsonb', { nullable: true })
  occurredOn!: PartialDate | null;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
