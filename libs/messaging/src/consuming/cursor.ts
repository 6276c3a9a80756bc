import { type EntityManager } from 'typeorm';
import { type Place } from './reading';

/** One source of one consumer. */
export interface Key {
  readonly consumer: string;
  readonly source: string;
}

/** Moves the cursor on, never back. For those who hold its row. */
export async function advanceCursor(
  manager: EntityManager,
  { consumer, source }: Key,
  { epoch, sequence }: Place,
): Promise<void> {
  await manager.query(
    `UPDATE consumer_cursor SET epoch = $3, sequence = $4
     WHERE consumer = $1 AND source = $2 AND (epoch, sequence) < ($3, $4)`,
    [consumer, source, epoch, sequence],
  );
}

export async function setKeyState(
  manager: EntityManager,
  { consumer, source }: Key,
  state: 'parked' | 'flowing',
): Promise<void> {
  await manager.query('UPDATE consumer_cursor SET state = $3 WHERE consumer = $1 AND source = $2', [
    consumer,
    source,
    state,
  ]);
}
