import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** That somebody who was erased may sign up again: who said so, and why. Not who it is. */
@Entity('readmission')
@Index(['tenantId', 'eventId', 'id'])
export class Readmission {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid')
  eventId!: string;

  /** The key of whoever said so. */
  @Column('text')
  keyId!: string;

  @Column('text')
  reason!: string;

  /** How many marks of the person there were. */
  @Column('integer')
  marks!: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
