import { RecordEntity } from '../records/record.entity';

/** What others name by its id, and what may turn out to have been entered twice. */
export abstract class MasterEntity extends RecordEntity {
  /** The record that stands for this one since the two were merged. */
  abstract mergedIntoId: string | null;
}
