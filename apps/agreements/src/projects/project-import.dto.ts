import { IsIn, IsOptional } from 'class-validator';
import { DryRunQuery } from '../recorded/dry-run.query';
import { type LineOutcome, lineOutcomes, type OnExisting, onExistingChoices } from './project-import.entity';

export class ImportQuery extends DryRunQuery {
  /** What becomes of a line whose project is there already. */
  @IsOptional()
  @IsIn(onExistingChoices)
  onExisting?: OnExisting;
}

export class ResultQuery {
  @IsOptional()
  @IsIn(lineOutcomes)
  outcome?: LineOutcome;
}
