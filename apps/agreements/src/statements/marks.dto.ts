import { IsIn, IsOptional, IsString, Length, ValidateIf } from 'class-validator';
import { AreSourceRefs, IsQuantity } from '@expo-accord/http';
import { type Quantity, type SourceRef } from '@expo-accord/values';

const certainties = ['stated', 'inferred', 'disputed'] as const;

/** Any fact may say who published it, how sure it is, and why it is believed where nobody stated it. */
export class Marked {
  @AreSourceRefs({ optional: true })
  sources?: SourceRef[];

  @IsOptional()
  @IsIn(certainties)
  certainty?: (typeof certainties)[number];

  /** Required where the fact is inferred. */
  @ValidateIf((marks: Marked) => marks.because !== undefined || marks.certainty === 'inferred')
  @IsString()
  @Length(1, 2000)
  because?: string;
}

/** A list that a source gave with "such as" is illustrative; `count` may tell how many there are in all. */
export class PartialList {
  @IsIn(['exhaustive', 'illustrative'])
  completeness!: 'exhaustive' | 'illustrative';

  @IsQuantity({ optional: true, nullable: true })
  count?: Quantity | null;
}
