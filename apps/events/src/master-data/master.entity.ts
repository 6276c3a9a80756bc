import { Column, Index } from 'typeorm';
import { RecordEntity } from '../records/record.entity';

/** What others name by its id, and what may turn out to have been entered twice. */
@Index(['tenantId', 'sortName', 'id'])
export abstract class MasterEntity extends RecordEntity {
  /** The record that stands for this one since the two were merged. */
  abstract mergedIntoId: string | null;

  /** Only to sort by, and in one order whatever the database's own is. */
  @Column({ type: 'text', select: false, collation: 'C' })
  sortName!: string;
}
