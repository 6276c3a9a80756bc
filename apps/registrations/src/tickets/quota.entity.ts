import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';
import { type QuotaScope } from './quota.rules';

/**
 * A limited number of places of an event. `taken` counts every registration that holds one, at any moment: whoever
 * changes a registration's hold changes it in the same transaction. More may be taken than there are places after the
 * quota was lowered, or by history.
 */
@Entity('quota')
@Unique(['eventId', 'name'])
export class Quota {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  tenantId!: string;

  @Column('uuid')
  eventId!: string;

  @Column('text')
  scope!: QuotaScope;

  /** `event`, the category's code or the economy's: these never collide, and so name the quota within its event. */
  @Column('text')
  name!: string;

  @Column('integer')
  places!: number;

  @Column('integer')
  taken!: number;

  @Column('integer', { default: 1 })
  version!: number;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}
