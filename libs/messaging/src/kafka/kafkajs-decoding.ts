export interface DecodedRecord {
  readonly magicByte: number;
  readonly attributes: number;
  /** Milliseconds since 1970. */
  readonly timestamp: string;
  readonly offset: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string | null | (string | null)[]>>;
  readonly isControlRecord: boolean;
  readonly batchContext: BatchContext;
}

/** What of a batch its records need, as kafkajs hands it over. */
export interface BatchContext {
  readonly firstOffset: string;
  readonly firstTimestamp: string;
  readonly maxTimestamp: string;
  /** 1 is the time at which the broker appended. */
  readonly timestampType: number;
  readonly magicByte: number;
  readonly isControlBatch?: boolean;
}

const BY_THE_BROKER = 1;

let source: Buffer = Buffer.alloc(0);
let read = 0;

/**
 * The opposite of `encodeRecord`: of the bytes of one record, without the length in front. A fetch brings thousands at once, of which each is
 * taken apart when its turn comes, so that what is made of it dies young. kafkajs makes all parts of all of them at once,
 * and copies a record's headers once more for each further one, which takes longer than all the rest.
 */
export function decodeRecord({ buffer }: { buffer: Buffer }, batchContext: BatchContext): DecodedRecord {
  return new LazyRecord(buffer, batchContext);
}

class LazyRecord implements DecodedRecord {
  readonly offset: string;
  readonly #timestampDelta: number;
  readonly #keyAt: number;
  readonly #headersAt: number;

  constructor(
    private readonly record: Buffer,
    readonly batchContext: BatchContext,
  ) {
    this.#goTo(1);
    this.#timestampDelta = readNumber();
    this.offset = String(Number(batchContext.firstOffset) + readNumber());
    this.#keyAt = read;
    skipBytes();
    skipBytes();
    this.#headersAt = read;
  }

  get magicByte(): number {
    return this.batchContext.magicByte;
  }

  get attributes(): number {
    return this.record.readInt8(0);
  }

  get isControlRecord(): boolean {
    return this.batchContext.isControlBatch ?? false;
  }

  get timestamp(): string {
    const { timestampType, maxTimestamp, firstTimestamp } = this.batchContext;
    return timestampType === BY_THE_BROKER ? maxTimestamp : String(Number(firstTimestamp) + this.#timestampDelta);
  }

  get key(): Buffer | null {
    this.#goTo(this.#keyAt);
    return readBytes();
  }

  get value(): Buffer | null {
    this.#goTo(this.#keyAt);
    skipBytes();
    return readBytes();
  }

  get headers(): DecodedRecord['headers'] {
    this.#goTo(this.#headersAt);
    return readHeaders();
  }

  #goTo(place: number): void {
    source = this.record;
    read = place;
  }
}

type MutableHeaders = Record<string, string | null | (string | null)[]>;

/** Inherits nothing, since whoever sends chooses the names. Made by `new` it takes half the room that a dictionary does. */
const Headers = function () {
  // Empty until headers are read into it.
} as unknown as new () => MutableHeaders;
Headers.prototype = Object.create(null) as MutableHeaders;

/** As they were read last, by their place: the next record's are nearly always the same. */
const names: string[] = [];
const MOST_NAMES = 32;

/** All as one text, wherever each byte is a character: to make a text of bytes costs the same for one as for hundreds. */
function readHeaders(): DecodedRecord['headers'] {
  const headers = new Headers();
  const count = readNumber();
  const from = read;
  const text = source.toString('utf8', from);
  const all = text.length === source.length - from ? text : undefined;
  for (let nth = 0; nth < count; nth += 1) {
    const name = readText(all, from, names[nth]) ?? '';
    if (nth < MOST_NAMES) names[nth] = name;
    const given = readText(all, from);
    const before = headers[name];
    headers[name] = before === undefined ? given : [before, given].flat();
  }
  return headers;
}

function readText(all: string | undefined, from: number, expected?: string): string | null {
  const length = readNumber();
  if (length < 0) return null;
  const at = read;
  read += length;
  if (all === undefined) return source.toString('utf8', at, read);
  return length === expected?.length && all.startsWith(expected, at - from)
    ? expected
    : all.slice(at - from, read - from);
}

function readNumber(): number {
  let zigzag = 0;
  let scale = 1;
  for (;;) {
    const byte = source[read++];
    if (byte === undefined) throw new RangeError('A record from Kafka ends too soon');
    zigzag += (byte % 128) * scale;
    if (byte < 128) return zigzag % 2 === 0 ? zigzag / 2 : -(zigzag + 1) / 2;
    scale *= 128;
  }
}

function readBytes(): Buffer | null {
  const length = readNumber();
  return length < 0 ? null : source.subarray(read, (read += length));
}

function skipBytes(): void {
  const length = readNumber();
  read += Math.max(length, 0);
}
