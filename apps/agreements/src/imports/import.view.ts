import { type ImportJob, type JobStatus, type LineOutcome, type OnExisting } from './import.entity';

/** A job, and how many of its lines ended how, so far. */
export interface ImportView extends Record<LineOutcome, number> {
  id: string;
  status: JobStatus;
  onExisting: OnExisting;
  dryRun: boolean;
  lines: number;
  processed: number;
  url: string;
  createdAt: string;
  updatedAt: string;
  finishedAt: string | null;
}

export function processedOf({ created, updated, unchanged, skipped, refused }: Record<LineOutcome, number>): number {
  return created + updated + unchanged + skipped + refused;
}

export function importView(job: ImportJob, url: string): ImportView {
  const { id, status, onExisting, dryRun, lines, created, updated, unchanged, skipped, refused } = job;
  return {
    ...{ id, status, onExisting, dryRun, lines },
    processed: processedOf(job),
    ...{ created, updated, unchanged, skipped, refused },
    url,
    createdAt: job.createdAt.toISOString(),
    updatedAt: job.updatedAt.toISOString(),
    finishedAt: job.finishedAt?.toISOString() ?? null,
  };
}
