import { type TestStack } from '../support/stack';
import { type Row } from './report';

export interface BenchOptions {
  /** Of each measured stretch, where the bench measures by time; the bench's own default if not given. */
  readonly seconds: number | undefined;
  /** Of each measured backlog, where the bench measures by number; the bench's own default if not given. */
  readonly messages: number | undefined;
  /** How often it repeats what is short enough to be repeated. */
  readonly repeats: number;
}

export interface Outcome {
  /** For people: a line of the table each. */
  readonly rows: readonly Row[];
  /** Sentences below the table: what was compared with what. */
  readonly notes: readonly string[];
  /** For programs: the last line of the output, beside `name`. Milliseconds, shares of one core, ratios. */
  readonly figures: Readonly<Record<string, number | string | null>>;
}

export interface BenchRun extends BenchOptions {
  /** Says what is going on; not part of the result. */
  readonly log: (line: string) => void;
  /** Called in reverse order at the end, however that comes about. */
  readonly atEnd: (cleanUp: () => Promise<void>) => void;
  /** All services, started when first asked for; the same for every bench of a run. */
  readonly stack: () => Promise<TestStack>;
}

/** One `npm run bench -- NAME`. Finds PostgreSQL and Kafka through test/support/infrastructure.ts. */
export type Bench = (run: BenchRun) => Promise<Outcome>;
