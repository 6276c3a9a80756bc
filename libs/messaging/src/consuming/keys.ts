import { planned } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { type TopicPartition } from '../kafka/kafka.port';
import { type KeyState } from './consuming.entities';
import { type KeyProgress } from './verdict';
import { type Place } from './reading';

interface CursorRow {
  source: string;
  epoch: number;
  sequence: string;
  state: KeyState;
}

/** The cursors of the sources in one transaction's batch: loaded at once, changed in memory, written at once. */
export class Keys {
  readonly #changed = new Set<string>();

  private constructor(
    private readonly manager: EntityManager,
    private readonly consumer: string,
    private readonly progress: Map<string, KeyProgress>,
  ) {}

  /**
   * Parked ones are locked, because a redrive may be at work on them. The others need no lock: only who holds their
   * partition's position changes them.
   */
  static async load(manager: EntityManager, consumer: string, sources: readonly string[]): Promise<Keys> {
    const select = `SELECT source, epoch, sequence, state FROM consumer_cursor
                    WHERE consumer = $1 AND source = ANY($2::text[])`;
    const rows = await planned<CursorRow>(manager, 'load cursors', select, [consumer, sources]);
    const stuck = rows.filter(({ state }) => state !== 'flowing').map(({ source }) => source);
    const locked =
      stuck.length === 0
        ? []
        : await manager.query<CursorRow[]>(`${select} ORDER BY source FOR UPDATE`, [consumer, stuck]);
    const progress = new Map(
      [...rows, ...locked].map(({ source, epoch, sequence, state }) => [
        source,
        { epoch, sequence: Number(sequence), state },
      ]),
    );
    return new Keys(manager, consumer, progress);
  }

  get(source: string): KeyProgress | undefined {
    return this.progress.get(source);
  }

  advance(source: string, place: Place): void {
    this.#set(source, { ...place, state: 'flowing' });
  }

  /** The cursor stays before the parked message; a redrive that was asked for will come to it, too. */
  park(source: string): void {
    const before = this.progress.get(source) ?? { epoch: 0, sequence: 0, state: 'flowing' };
    this.#set(source, { ...before, state: before.state === 'redriving' ? 'redriving' : 'parked' });
  }

  /** As if this transaction had not come by it. */
  forget(source: string): void {
    this.progress.delete(source);
    this.#changed.delete(source);
  }

  /** And moves the position of the partition that they came from, by the same statement. */
  async save({ topic, partition }: TopicPartition, next: bigint): Promise<void> {
    const sources = [...this.#changed];
    const states = sources.map((source) => this.progress.get(source) as KeyProgress);
    await planned(
      this.manager,
      'save cursors',
      `WITH moved AS (
         UPDATE consumer_position SET next_offset = $8 WHERE consumer = $1 AND topic = $6 AND partition = $7)
       INSERT INTO consumer_cursor (consumer, source, epoch, sequence, state)
       SELECT $1, * FROM unnest($2::text[], $3::int[], $4::bigint[], $5::text[])
       ON CONFLICT (consumer, source) DO UPDATE
         SET epoch = EXCLUDED.epoch, sequence = EXCLUDED.sequence, state = EXCLUDED.state`,
      [
        this.consumer,
        sources,
        states.map(({ epoch }) => epoch),
        states.map(({ sequence }) => sequence),
        states.map(({ state }) => state),
        topic,
        partition,
        String(next),
      ],
    );
  }

  #set(source: string, progress: KeyProgress): void {
    this.progress.set(source, progress);
    this.#changed.add(source);
  }
}
