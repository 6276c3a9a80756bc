import { type Envelope, EnvelopeError, fromHeaders, problemsOf, type TopicContract } from '@expo-accord/contracts';
import { type IncomingRecord } from '../kafka/kafka.port';
import { type Received, type ReceivedTombstone } from './received';
import { type Route, type Routes } from './routes';

/** What a record turned out to be. Only a poison may lack its place in a stream. */
export type Reading = Readonly<{ record: IncomingRecord; source: string; topic: TopicContract | undefined }> &
  (
    | { kind: 'message'; place: Place; route: Route; received: Received }
    | { kind: 'tombstone'; place: Place; route: Route | undefined; received: ReceivedTombstone }
    | { kind: 'ignored'; place: Place; type: string }
    | { kind: 'poison'; place: Place | null; reason: PoisonReason; detail: string }
  );

export interface Place {
  readonly epoch: number;
  readonly sequence: number;
}

export function isLater(place: Place, than: Place): boolean {
  return place.epoch === than.epoch ? place.sequence > than.sequence : place.epoch > than.epoch;
}

export type PoisonReason = 'no-envelope' | 'no-json' | 'schema' | 'tombstone';

/** Never throws: whatever is wrong with a record is part of what it is. */
export function readRecord(record: IncomingRecord, routes: Routes): Reading {
  const topic = routes.topic(record.topic);
  const envelope = envelopeOf(record);
  if (envelope instanceof EnvelopeError) {
    const source = `unreadable:${record.topic}/${record.partition}/${record.offset}`;
    return { kind: 'poison', record, source, topic, place: null, reason: 'no-envelope', detail: envelope.message };
  }
  const { source } = envelope;
  const place: Place = { epoch: envelope.epoch, sequence: envelope.sequence };
  const known = { record, source, topic, place };
  if (record.value === null) {
    return topic?.cleanup === 'compact'
      ? { ...known, kind: 'tombstone', route: routes.forTombstones(record.topic), received: receivedOf(envelope) }
      : { ...known, kind: 'poison', reason: 'tombstone', detail: 'no value, on a topic that is not compacted' };
  }
  const route = routes.forType(envelope.type);
  const contract = routes.contract(envelope.type);
  if (route === undefined || contract === undefined) {
    return { ...known, kind: 'ignored', type: envelope.type };
  }
  const data = jsonOf(record.value);
  if (data === undefined) {
    return { ...known, kind: 'poison', reason: 'no-json', detail: 'the value is not JSON' };
  }
  const problems = problemsOf(contract, data);
  if (problems.length > 0) {
    // Pointers and codes only: the values may be a person's.
    const detail = problems.map(({ pointer, code }) => `${pointer} ${code}`).join(', ');
    return { ...known, kind: 'poison', reason: 'schema', detail };
  }
  const received: Received = Object.assign(receivedOf(envelope), { type: contract.type, data });
  // Not made from `known`: this is on the way of every message, and copying takes longer than reading.
  return { kind: 'message', record, source, topic, place, route, received };
}

/** Null where the headers do not tell. */
export function placeOf(record: Pick<IncomingRecord, 'headers'>): Place | null {
  const envelope = envelopeOf(record);
  return envelope instanceof EnvelopeError ? null : { epoch: envelope.epoch, sequence: envelope.sequence };
}

/** Whose stream it is of; null where the headers do not tell. */
export function sourceOf(record: Pick<IncomingRecord, 'headers'>): string | null {
  const envelope = envelopeOf(record);
  return envelope instanceof EnvelopeError ? null : envelope.source;
}

function envelopeOf({ headers }: Pick<IncomingRecord, 'headers'>): Envelope | EnvelopeError {
  try {
    return fromHeaders(headers);
  } catch (error) {
    return error instanceof EnvelopeError ? error : new EnvelopeError([]);
  }
}

function receivedOf(envelope: Envelope): ReceivedTombstone {
  const { id, source, tenantId, epoch, sequence, time, correlationId, causationId, traceparent } = envelope;
  const aggregateId = source.slice(source.lastIndexOf('/') + 1);
  const received = { id, source, aggregateId, tenantId, epoch, sequence, time, correlationId, causationId };
  return traceparent === undefined ? received : Object.assign(received, { traceparent });
}

function jsonOf(value: Buffer): unknown {
  try {
    return JSON.parse(value.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
