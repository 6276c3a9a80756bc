import { IsIn, IsOptional, IsUUID } from 'class-validator';
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

export const masterSorts = ['createdAt', 'name', '-name', 'updatedAt'] as const;
export type MasterSort = (typeof masterSorts)[number];

/** Duplicates are shown to those who ask for them, or for all that changed. */
export class MasterListQuery extends RecordListQuery {
  /** The duplicates that were merged into this one. */
  @IsOptional()
  @IsUUID()
  mergedIntoId?: string;

  /** Order of the list; the first is the default. Names in their original language. A cursor holds for its order. */
  @IsOptional()
  @IsIn(masterSorts)
  sort?: MasterSort;
}
