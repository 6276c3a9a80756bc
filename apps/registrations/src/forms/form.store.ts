import { Injectable } from '@nestjs/common';
import { planned } from '@expo-accord/database';
import { LRUCache } from 'lru-cache';
import { type EntityManager } from 'typeorm';
import { answerCheck } from './form.rules';
import { FormBook, noForms } from './form-book.rules';

const MOST_EVENTS = 200;

interface FormedEvent {
  readonly id: string;
  /** Null for none. */
  readonly newestForm: number | null;
}

/** Forms as they are asked by every sign-up: read once by each process, because no version ever changes. */
@Injectable()
export class FormStore {
  private readonly books = new LRUCache<string, { newest: number; book: FormBook }>({ max: MOST_EVENTS });

  /** Where the event has none, or its newest version was read already, nothing is asked of the database. */
  async of(manager: EntityManager, { id: eventId, newestForm: newest }: FormedEvent): Promise<FormBook> {
    if (newest === null) return noForms;
    const known = this.books.get(eventId);
    if (known !== undefined && known.newest >= newest) return known.book;
    const rows = await planned<{ version: number; category: string | null; schema: unknown }>(
      manager,
      undefined,
      'SELECT version, category, schema FROM registration_form WHERE event_id = $1 ORDER BY version',
      [eventId],
    );
    const book = new FormBook(
      rows.map(({ version, category, schema }) => ({ version, category, check: answerCheck(schema) })),
    );
    this.books.set(eventId, { newest, book });
    return book;
  }
}
