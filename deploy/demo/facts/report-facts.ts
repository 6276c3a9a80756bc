import { type Json } from '../api-client';
import { differences } from '../recorder';

/**
 * Where it stands (paragraph and sentence, `0.1` for the lines above the text), the fact in our words, the field that is
 * set and read (a JSON pointer), and what is there: names, titles, themes and figures word for word; of what somebody
 * said, or what is told of the circumstances, a pattern, because it is entered in our own words.
 */
export type FactRow = readonly [at: string, fact: string, pointer: string, value: unknown];

export interface ReportFacts {
  /** Number of the report among those that the product is measured by. */
  readonly seed: string;
  readonly name: string;
  /** How many sentences each paragraph has, beginning with the lines above the text. */
  readonly sentences: readonly number[];
  /** Sentences that state no fact, and why. */
  readonly empty: Readonly<Record<string, string>>;
  /** By the item that a request creates: its collection and its own reference. */
  readonly items: Readonly<Record<string, readonly FactRow[]>>;
}

/** One fact, with the request that sets it and the read that returns it. */
export interface ListedFact {
  readonly seed: string;
  readonly at: string;
  readonly fact: string;
  /** Collection and reference: `events joint-committee-24`. */
  readonly item: string;
  readonly pointer: string;
  readonly value: unknown;
}

/** What the agreements service owns; all else is of the events service. */
const ofAgreements = new Set(['agreements', 'commitments', 'outcome-documents', 'projects']);

const collectionOf = ({ item }: Pick<ListedFact, 'item'>): string => item.split(' ')[0] ?? '';
export const ownerOf = (fact: Pick<ListedFact, 'item'>): 'agreements' | 'events' =>
  ofAgreements.has(collectionOf(fact)) ? 'agreements' : 'events';

/** Where items are posted that belong to another. */
const belowOthers: Readonly<Record<string, string>> = {
  participations: 'events/{id}/participations',
  sessions: 'events/{id}/sessions',
  statements: 'events/{id}/statements',
  relationships: 'places/{id}/relationships',
};

/** `POST /v1/events (joint-committee-24) /date`; the reference stands in brackets. */
export function requestOf(fact: ListedFact): string {
  const collection = collectionOf(fact);
  const reference = fact.item.slice(collection.length + 1);
  return `POST /v1/${belowOthers[collection] ?? collection} (${reference}) ${fact.pointer}`.trim();
}

export function readOf(fact: ListedFact): string {
  return `GET /v1/${readAt(collectionOf(fact))}/{id} ${fact.pointer}`.trim();
}

/** The collection at top level where items are read by their id, also those that were posted below others. */
export function readAt(collection: string): string {
  return collection === 'relationships' ? 'place-relationships' : collection;
}

export function factsOf({ seed, items }: ReportFacts): ListedFact[] {
  return Object.entries(items).flatMap(([item, rows]) =>
    rows.map(([at, fact, pointer, value]) => ({ seed, at, fact, item, pointer, value })),
  );
}

/** In what an item departs from the fact; nothing when it says it. */
export function departures({ pointer, value }: Pick<ListedFact, 'pointer' | 'value'>, item: unknown): string[] {
  const there = valueAt(item, pointer);
  if (!(value instanceof RegExp)) return differences(value, there, pointer);
  return typeof there === 'string' && value.test(there)
    ? []
    : [`${pointer}: ${String(value)} was to be there, and there is ${JSON.stringify(there)}`];
}

function valueAt(item: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? (value as Json)[key] : undefined),
      item,
    );
}

/** Sentences that no fact is taken from and no reason excuses, and places that the report does not have. */
export function unlisted({ sentences, empty, ...report }: ReportFacts): string[] {
  const all = sentences.flatMap((count, paragraph) =>
    Array.from({ length: count }, (_, index) => `${paragraph}.${index + 1}`),
  );
  const dealtWith = new Set([...factsOf({ sentences, empty, ...report }).map(({ at }) => at), ...Object.keys(empty)]);
  return [
    ...all.filter((at) => !dealtWith.has(at)).map((at) => `${report.seed}, ${at}: no fact, and no reason`),
    ...[...dealtWith].filter((at) => !all.includes(at)).map((at) => `${report.seed}, ${at}: there is no such sentence`),
  ];
}
