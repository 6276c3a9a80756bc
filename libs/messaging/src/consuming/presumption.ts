import { planned } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { type KeyState } from './consuming.entities';
import { type Reading } from './reading';
import { type Route } from './routes';
import { type KeyProgress, verdictOn } from './verdict';

export type Takeable = Extract<Reading, { kind: 'message' | 'tombstone' }>;

/** Neighbours that one route takes. */
export interface Run {
  readonly route: Route;
  readonly readings: Takeable[];
}

interface Progress {
  readonly first: Reading;
  last: KeyProgress;
}

/**
 * That nothing is out of order in a batch: each source flows, and stands right before its first message here. Nearly always
 * it is so, and then what each message comes to is known before the database has been asked.
 */
export class Presumption {
  readonly runs: Run[] = [];
  readonly ignored: string[] = [];
  readonly sources = new Map<string, Progress>();

  /** Undefined where the batch itself says otherwise. */
  static of(readings: readonly Reading[]): Presumption | undefined {
    const presumption = new Presumption();
    return readings.every((reading) => presumption.#includes(reading)) ? presumption : undefined;
  }

  get handled(): number {
    return this.runs.reduce((sum, { readings }) => sum + readings.length, 0);
  }

  #includes(reading: Reading): boolean {
    const { place, source } = reading;
    // With the end of an aggregate goes what was parked of it, which somebody has to look for.
    if (place === null || reading.kind === 'tombstone') return false;
    const progress = this.sources.get(source);
    const before = progress?.last ?? { epoch: place.epoch, sequence: place.sequence - 1, state: 'flowing' };
    if (!isInOrder(reading, before)) return false;
    const last: KeyProgress = { epoch: place.epoch, sequence: place.sequence, state: 'flowing' };
    if (progress === undefined) this.sources.set(source, { first: reading, last });
    else progress.last = last;
    if (reading.kind === 'ignored') this.ignored.push(reading.type);
    else if (reading.kind !== 'poison') this.#run(reading, reading.route);
    return true;
  }

  #run(reading: Takeable, route: Route): void {
    const run = this.runs.at(-1);
    if (run?.route.method === route.method) run.readings.push(reading);
    else this.runs.push({ route, readings: [reading] });
  }
}

/**
 * Moves the cursors of all sources, and answers whether they stood as presumed. To be called once the positions are held: nobody
 * else moves cursors that flow. If they did not, the transaction must not commit.
 */
export async function moveCursors(
  manager: EntityManager,
  consumer: string,
  presumptions: readonly Presumption[],
): Promise<boolean> {
  // A source that two of them have stays there twice, which PostgreSQL refuses: nobody knows which of them comes first.
  const moves = presumptions.flatMap(({ sources }) => [...sources]);
  const sources = new Map(moves);
  const lasts = moves.map(([, { last }]) => last);
  const rows = await planned<{ source: string; before: string | null }>(
    manager,
    'move cursors',
    // What is selected while returning is what was there before.
    `INSERT INTO consumer_cursor (consumer, source, epoch, sequence)
     SELECT $1, * FROM unnest($2::text[], $3::int[], $4::bigint[])
     ON CONFLICT (consumer, source) DO UPDATE SET epoch = EXCLUDED.epoch, sequence = EXCLUDED.sequence
     RETURNING source, (
       SELECT concat_ws(' ', epoch, sequence, state) FROM consumer_cursor AS was
       WHERE was.consumer = $1 AND was.source = consumer_cursor.source) AS before`,
    [consumer, moves.map(([source]) => source), lasts.map(({ epoch }) => epoch), lasts.map(({ sequence }) => sequence)],
  );
  return rows.every(({ source, before }) => isInOrder(sources.get(source)?.first, progressIn(before)));
}

function isInOrder(reading: Reading | undefined, progress: KeyProgress | undefined): boolean {
  if (reading === undefined) return false;
  const { do: what } = verdictOn(reading, progress);
  return what === 'handle' || what === 'pass';
}

function progressIn(before: string | null): KeyProgress | undefined {
  if (before === null) return undefined;
  const [epoch, sequence, state] = before.split(' ');
  return { epoch: Number(epoch), sequence: Number(sequence), state: state as KeyState };
}
