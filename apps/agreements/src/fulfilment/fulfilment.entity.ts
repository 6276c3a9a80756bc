import { type LocalizedText } from '@expo-accord/values';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { type NamedEvent } from './fulfilment.rules';

/** What is kept of the event: what is judged by, and what names it as evidence. */
export interface FulfillingEvent extends NamedEvent {
  names: LocalizedText;
  url: string;
  synthetic: boolean;
}

/** An event that says of itself that it fulfils a commitment; there may be none of that id. */
@Entity()
@Index(['tenantId', 'commitmentId'])
@Index(['tenantId', 'eventId'])
export class Fulfilment {
  @PrimaryColumn('uuid')
  commitmentId!: string;

  @PrimaryColumn('uuid')
  eventId!: string;

  @Column('uuid')
  tenantId!: string;

  /** False once the event no longer says so. */
  @Column('boolean')
  named!: boolean;

  @Column('jsonb')
  event!: FulfillingEvent;

  /** The message that this is from: an earlier one, when it comes again, changes nothing. */
  @Column('integer')
  epoch!: number;

  @Column('integer')
  sequence!: number;
}
