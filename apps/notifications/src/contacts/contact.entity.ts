import { type LocalizedText, type PersonName, type ScheduledTime } from '@expo-accord/values';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * How to reach the person of one registration that asked for mail. Personal data, kept until the tombstone on the
 * contact topic; nothing else in this service holds a name or an address.
 */
@Entity()
export class Contact {
  @PrimaryColumn('uuid')
  registrationId!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid')
  eventId!: string;

  @Column('jsonb')
  name!: PersonName;

  @Column('text')
  email!: string;

  @Column('text', { nullable: true })
  language!: string | null;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}

/** What a mail says about its event. */
@Entity()
export class EventCopy {
  @PrimaryColumn('uuid')
  eventId!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('jsonb')
  names!: LocalizedText;

  @Column('jsonb', { nullable: true })
  startsAt!: ScheduledTime | null;

  @Column('boolean')
  synthetic!: boolean;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}
