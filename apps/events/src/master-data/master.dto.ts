import { IsOptional, IsUUID } from 'class-validator';
import { RecordListQuery } from '../records/record-query.dto';

export class MergeBody {
  /** The record that stays, and stands for both from now on. */
  @IsUUID()
  intoId!: string;
}

export class MergeMark {
  /** Of a duplicate: the record that stands for it. */
  mergedIntoId!: string | null;
}

/** Duplicates are shown to those who ask for them, or for all that changed. */
export class MasterListQuery extends RecordListQuery {
  /** The duplicates that were merged into this one. */
  @IsOptional()
  @IsUUID()
  mergedIntoId?: string;
}
