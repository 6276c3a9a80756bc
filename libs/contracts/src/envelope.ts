import { fits, Instant, Uuid, within, type Problem } from '@expo-accord/values';

/**
 * A message's attributes: CloudEvents 1.0 with the partitioning and distributed-tracing extensions, and our own for
 * tenant, cause and order.
 */
export interface Envelope {
  /** UUIDv7, the message's own. */
  id: string;
  /** `/<aggregate>/<id>`: whose stream this is. */
  source: string;
  /** The message's type, known to this release or not. */
  type: string;
  subject: string;
  /** When it was appended: RFC 3339, UTC. */
  time: string;
  partitionKey: string;
  tenantId: string;
  correlationId: string;
  /** The message or request that caused this one. */
  causationId: string;
  /** W3C trace context. */
  traceparent?: string;
  /** Raised at each start from rest, so that numbers given out again after a backup was restored are no duplicates. */
  epoch: number;
  /** Position in the source's stream within the epoch: from 1, one per message, no gaps. */
  sequence: number;
}

/** Kafka headers as they are sent. */
export type MessageHeaders = Record<string, string>;

/** Kafka headers as they arrive. */
export type ReceivedHeaders = Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;

/** Headers that do not make an envelope; such a message can never be taken. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';

  constructor(readonly problems: readonly Problem[]) {
    super(
      `Not a CloudEvent of ours: ${problems.map(({ pointer, detail }) => `${pointer.slice(1)} (${detail})`).join(', ')}`,
    );
  }
}

const headerOf = {
  id: 'ce_id',
  source: 'ce_source',
  type: 'ce_type',
  subject: 'ce_subject',
  time: 'ce_time',
  partitionKey: 'ce_partitionkey',
  tenantId: 'ce_tenant',
  correlationId: 'ce_correlationid',
  causationId: 'ce_causationid',
} as const;

/** Once, and not for each message: this is on the way of every one that is sent or read. */
const attributes = Object.entries(headerOf) as [keyof typeof headerOf, string][];

const epochDigits = 6;
const sequenceDigits = 20;
const upTo = (digits: number): RegExp => new RegExp(`^\\d{1,${digits}}$`);
const numberOf = { [epochDigits]: upTo(epochDigits), [sequenceDigits]: upTo(sequenceDigits) };

/** Where the JSON Schema of a type's data is; a relative URI, resolved against the API's base. */
export function dataSchemaOf(type: string): string {
  return `/schemas/${type}.json`;
}

/** CloudEvents' Kafka binding, binary mode: attributes as headers, data alone as value. Numbers are zero-padded to sort as text. */
export function toHeaders(envelope: Envelope): MessageHeaders {
  const headers: MessageHeaders = {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_dataschema: dataSchemaOf(envelope.type),
    ce_epoch: epochInHeader(envelope.epoch),
    ce_sequence: String(envelope.sequence).padStart(sequenceDigits, '0'),
  };
  for (const [field, header] of attributes) headers[header] = envelope[field];
  if (envelope.traceparent !== undefined) headers.traceparent = envelope.traceparent;
  return headers;
}

/** The headers that only the database can fill, and to how many digits. */
export const placeInHeaders = {
  epoch: { header: 'ce_epoch', digits: epochDigits },
  sequence: { header: 'ce_sequence', digits: sequenceDigits },
} as const;

/** As `ce_epoch` is written. */
export function epochInHeader(epoch: number): string {
  return String(epoch).padStart(epochDigits, '0');
}

/**
 * The envelope in a message's headers.
 * @throws EnvelopeError naming every header that is missing or malformed.
 */
export function fromHeaders(headers: ReceivedHeaders): Envelope {
  const problems: Problem[] = [];
  if (take(headers, 'ce_specversion', problems) !== '1.0')
    complain(problems, 'ce_specversion', 'unsupported', 'not 1.0');
  const envelope: Envelope = {
    id: take(headers, headerOf.id, problems),
    source: take(headers, headerOf.source, problems),
    type: take(headers, headerOf.type, problems),
    subject: take(headers, headerOf.subject, problems),
    time: take(headers, headerOf.time, problems),
    partitionKey: take(headers, headerOf.partitionKey, problems),
    tenantId: take(headers, headerOf.tenantId, problems),
    correlationId: take(headers, headerOf.correlationId, problems),
    causationId: take(headers, headerOf.causationId, problems),
    epoch: count(headers, 'ce_epoch', epochDigits, 0, problems),
    sequence: count(headers, 'ce_sequence', sequenceDigits, 1, problems),
  };
  if (!fits(Uuid, envelope.id)) complain(problems, 'ce_id', 'malformed', 'not a UUID');
  if (!fits(Instant, envelope.time)) complain(problems, 'ce_time', 'malformed', 'not an RFC 3339 instant');
  if (problems.length > 0) throw new EnvelopeError(problems);
  const traceparent = textOf(headers.traceparent);
  if (traceparent !== undefined) envelope.traceparent = traceparent;
  return envelope;
}

function take(headers: ReceivedHeaders, header: string, problems: Problem[]): string {
  const value = textOf(headers[header]);
  if (value === undefined || value === '') complain(problems, header, 'required', 'missing');
  return value ?? '';
}

function count(
  headers: ReceivedHeaders,
  header: string,
  digits: keyof typeof numberOf,
  least: number,
  problems: Problem[],
): number {
  const value = take(headers, header, problems);
  const number = Number(value);
  const sound = numberOf[digits].test(value) && Number.isSafeInteger(number) && number >= least;
  if (value !== '' && !sound) complain(problems, header, 'malformed', `not a whole number from ${least}`);
  return number;
}

function complain(problems: Problem[], header: string, code: string, detail: string): void {
  problems.push(...within(`/${header}`, [{ pointer: '', code, detail }]));
}

function textOf(value: ReceivedHeaders[string]): string | undefined {
  if (typeof value === 'string') return value;
  const single = Array.isArray(value) ? value[0] : value;
  return single?.toString('utf8');
}
