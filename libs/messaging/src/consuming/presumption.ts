import { planned } from '@expo-accord/database';
import { type TopicContract } from '@expo-accord/contracts';
import { type EntityManager } from 'typeorm';
import { type Place, type Reading } from './reading';
import { type Route } from './routes';
import { type KeyProgress, verdictOn } from './verdict';

export type Takeable = Extract<Reading, { kind: 'message' | 'tombstone' }>;

/** Neighbours that one route takes. */
export interface Run {
  readonly route: Route;
  readonly readings: Takeable[];
}

interface Progress {
  readonly first: Place;
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

  private constructor(readonly topic: TopicContract | undefined) {}

  /** Undefined where the batch itself says otherwise. */
  static of(topic: TopicContract | undefined, readings: readonly Reading[]): Presumption | undefined {
    const presumption = new Presumption(topic);
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
    const verdict = verdictOn(reading, before);
    if (verdict.do !== 'handle' && verdict.do !== 'pass') return false;
    const last: KeyProgress = { epoch: place.epoch, sequence: place.sequence, state: 'flowing' };
    if (progress === undefined) this.sources.set(source, { first: place, last });
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
 * Moves the cursors of all sources, if all of them are as presumed, and answers whether they were. To be called once the
 * positions are held: nobody else moves cursors that flow.
 */
export async function moveCursors(
  manager: EntityManager,
  consumer: string,
  presumptions: readonly Presumption[],
): Promise<boolean> {
  const moves = presumptions.flatMap(({ topic, sources }) =>
    [...sources].map(([source, { first, last }]) => ({ topic, source, first, last })),
  );
  const [row] = await planned<{ presumed: boolean }>(manager, 'move cursors', MOVE_CURSORS, [
    consumer,
    moves.map(({ source }) => source),
    moves.map(({ first }) => first.epoch),
    moves.map(({ first }) => first.sequence),
    moves.map(({ last }) => last.epoch),
    moves.map(({ last }) => last.sequence),
    moves.map(({ topic }) => topic?.cleanup === 'compact'),
    moves.map(({ topic }) => topic?.retention === 'forever'),
  ]);
  return row?.presumed ?? false;
}

/** What `verdictOn` says of the first message of each source, said by PostgreSQL. */
const MOVE_CURSORS = `
  WITH taken AS MATERIALIZED (
    SELECT source, epoch, sequence, coalesce(
      (SELECT state = 'flowing' AND (c.epoch, c.sequence) < (first_epoch, first_sequence)
         AND (compacted OR first_sequence <= c.sequence + 1)
       FROM consumer_cursor c WHERE c.consumer = $1 AND c.source = given.source),
      compacted OR NOT kept OR first_sequence = 1) AS fits
    FROM unnest($2::text[], $3::int[], $4::bigint[], $5::int[], $6::bigint[], $7::boolean[], $8::boolean[])
      AS given (source, first_epoch, first_sequence, epoch, sequence, compacted, kept)),
  presumption AS MATERIALIZED (SELECT bool_and(fits) AS presumed FROM taken),
  moved AS (
    INSERT INTO consumer_cursor (consumer, source, epoch, sequence)
    SELECT $1, source, taken.epoch, taken.sequence FROM taken, presumption WHERE presumed
    ON CONFLICT (consumer, source) DO UPDATE SET epoch = EXCLUDED.epoch, sequence = EXCLUDED.sequence)
  SELECT presumed FROM presumption`;
