import { createHash, createHmac, randomBytes } from 'node:crypto';
import canonicalize from 'canonicalize';

/** The part of an entry that may have to be erased one day. */
export interface EntryContent {
  reason: string | null;
  before: object | null;
  after: object | null;
}

/** HMAC-SHA-256 in hex of each part of the content, keyed by the entry's salt; null where there is no such part. */
export type EntryDigests = Record<keyof EntryContent, string | null>;

/** What the hash of an entry covers; the content enters by its digests alone. */
export interface HashedEntry {
  id: string;
  tenantId: string;
  resource: string;
  resourceId: string;
  sequence: number;
  at: Date;
  keyId: string;
  action: string;
  digests: EntryDigests;
}

export interface ChainEnd {
  length: number;
  headHash: string;
}

export type ChainedEntry = HashedEntry & EntryContent & { salt: string | null; hash: string };

/** The first entry at which a chain is not what it was. `entryId` is null for one that is gone. */
export interface ChainFault {
  kind: 'altered' | 'removed' | 'reordered' | 'added';
  sequence: number;
  entryId: string | null;
  detail: string;
}

const parts = ['reason', 'before', 'after'] as const;

/** JSON after RFC 8785: the same value gives the same bytes, wherever it was kept in between. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('There is no JSON for this value.');
  return text;
}

/** The name of the part goes in as well, or a digest would tell that before and after are the same. */
export function digestsOf(content: EntryContent, salt: string): EntryDigests {
  const digestOf = (part: keyof EntryContent): string | null =>
    content[part] === null
      ? null
      : createHmac('sha256', Buffer.from(salt, 'hex'))
          .update(canonicalJson({ [part]: content[part] }))
          .digest('hex');
  return { reason: digestOf('reason'), before: digestOf('before'), after: digestOf('after') };
}

/** SHA-256 over the canonical JSON of these fields and no others: it is kept for ever, so this never changes. */
export function hashOf(entry: HashedEntry, previousHash: string | null): string {
  const { id, tenantId, resource, resourceId, sequence, at, keyId, action, digests } = entry;
  const { reason, before, after } = digests;
  const covered = {
    id,
    tenantId,
    resource,
    resourceId,
    sequence,
    at: at.toISOString(),
    keyId,
    action,
    digests: { reason, before, after },
    previousHash,
  };
  return createHash('sha256').update(canonicalJson(covered)).digest('hex');
}

/** The entry as the next one of a chain; null for the first. */
export function chained(
  entry: Omit<HashedEntry, 'sequence' | 'digests'> & EntryContent,
  end: ChainEnd | null,
): ChainedEntry {
  const salt = randomBytes(16).toString('hex');
  const placed = { ...entry, sequence: (end?.length ?? 0) + 1, salt, digests: digestsOf(entry, salt) };
  return { ...placed, hash: hashOf(placed, end?.headHash ?? null) };
}

/** @param entries all of the chain, by their sequence */
export function firstFault(end: ChainEnd | null, entries: readonly ChainedEntry[]): ChainFault | null {
  let previousHash: string | null = null;
  for (const [at, entry] of entries.entries()) {
    const fault = faultAt(at + 1, entry, previousHash, entries);
    if (fault) return fault;
    previousHash = entry.hash;
  }
  return faultAtEnd(end, entries);
}

function faultAt(
  sequence: number,
  entry: ChainedEntry,
  previousHash: string | null,
  entries: readonly ChainedEntry[],
): ChainFault | null {
  const found = { sequence, entryId: entry.id };
  if (entry.sequence > sequence) {
    return { kind: 'removed', sequence, entryId: null, detail: `The next that is there is number ${entry.sequence}.` };
  }
  if (hashOf({ ...entry, sequence }, previousHash) !== entry.hash) {
    const isOfAnother = entries.some((other) => hashOf({ ...other, sequence }, previousHash) === other.hash);
    return isOfAnother
      ? { ...found, kind: 'reordered', detail: 'Another entry of the chain belongs here.' }
      : { ...found, kind: 'altered', detail: 'It does not follow from the one before it.' };
  }
  const part = alteredPart(entry);
  return part === undefined ? null : { ...found, kind: 'altered', detail: `Its "${part}" is not what it was.` };
}

/** What was erased is not altered, if it was erased whole. */
function alteredPart(entry: ChainedEntry): string | undefined {
  const { salt, digests } = entry;
  if (salt === null) return parts.find((part) => entry[part] !== null);
  const now = digestsOf(entry, salt);
  return parts.find((part) => now[part] !== digests[part]);
}

function faultAtEnd(end: ChainEnd | null, entries: readonly ChainedEntry[]): ChainFault | null {
  const { length } = entries;
  const last = entries.at(-1);
  if (end && end.length > length) {
    const detail = `The chain had ${end.length} entries, and ${length} are there.`;
    return { kind: 'removed', sequence: length + 1, entryId: null, detail };
  }
  if (!end || end.length < length) {
    const first = entries[end?.length ?? 0];
    const detail = `The chain had ${end?.length ?? 0} entries.`;
    return { kind: 'added', sequence: (end?.length ?? 0) + 1, entryId: first?.id ?? null, detail };
  }
  if (last && last.hash !== end.headHash) {
    return {
      kind: 'altered',
      sequence: length,
      entryId: last.id,
      detail: 'It is not the one that the chain ended in.',
    };
  }
  return null;
}
