import { newId } from '@expo-accord/database';
import { type BaseData } from '@expo-accord/contracts';
import { type ExternalRef, type PartialDate } from '@expo-accord/values';
import { type Recorded } from './recorded.entity';

/** The facts of a resource that are columns of their own; all others are its content. */
export interface ColumnFacts {
  eventId?: string | null;
  externalRefs?: ExternalRef[];
  synthetic?: boolean;
}

type RecordedColumns = Pick<Recorded, keyof Recorded>;

export function openRecord(
  tenantId: string,
  facts: ColumnFacts,
  marks: { synthetic: boolean; historical?: boolean },
): RecordedColumns {
  const now = new Date();
  return {
    id: newId(),
    tenantId,
    version: 1,
    eventId: facts.eventId ?? null,
    synthetic: marks.synthetic,
    historical: marks.historical ?? false,
    externalRefs: facts.externalRefs ?? [],
    createdAt: now,
    updatedAt: now,
  };
}

/** What goes into the content column: everything that has no column of its own, without empty fields. */
export function contentOf<F extends ColumnFacts, K extends keyof F = never>(
  facts: F,
  ...otherColumns: K[]
): Omit<F, keyof ColumnFacts | K> {
  const columns = new Set<string>(['eventId', 'externalRefs', 'synthetic', ...otherColumns.map(String)]);
  const content = Object.fromEntries(Object.entries(facts).filter(([name]) => !columns.has(name)));
  return withoutEmpty(content) as Omit<F, keyof ColumnFacts | K>;
}

/** As it will come back from a jsonb column: plain, and without what was not said. */
export function withoutEmpty<T extends object>(facts: T): T {
  return JSON.parse(JSON.stringify(facts)) as T;
}

export function touch(record: Recorded): void {
  record.version += 1;
  record.updatedAt = new Date();
}

/** The fields of an answer that every resource has. */
export interface RecordedView {
  id: string;
  eventId: string | null;
  externalRefs: ExternalRef[];
  synthetic: boolean;
  historical: boolean;
  url: string;
  version: number;
  createdAt: string;
  updatedAt: string;
}

export function recordedView(record: Recorded, url: string): RecordedView {
  return {
    id: record.id,
    eventId: record.eventId,
    externalRefs: record.externalRefs,
    synthetic: record.synthetic,
    historical: record.historical,
    url,
    version: record.version,
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  };
}

/** The fields that the data of every message has. */
export function messageBase(
  record: Recorded,
  url: string,
  told: { occurredOn?: PartialDate | null | undefined; historical?: boolean },
): BaseData {
  return {
    occurredOn: told.occurredOn ?? null,
    recordedAt: record.updatedAt.toISOString(),
    historical: told.historical ?? record.historical,
    synthetic: record.synthetic,
    visibility: 'public',
    url,
    externalRefs: record.externalRefs,
  };
}
