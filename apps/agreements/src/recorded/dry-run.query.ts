import { IsIn, IsOptional } from 'class-validator';

/** `?dryRun=true`: the answer is what would happen, and nothing does. */
export class DryRunQuery {
  @IsOptional()
  @IsIn(['true', 'false'])
  dryRun?: 'true' | 'false';
}
