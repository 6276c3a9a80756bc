import { randomUUID } from 'node:crypto';
import { canonicalJson, chained, type ChainedEntry, type ChainEnd, firstFault, hashOf } from './chain.rules';

/** A number by its IEEE 754 bits, as RFC 8785 gives them. */
const double = (bits: string): number => Buffer.from(bits, 'hex').readDoubleBE();

describe('canonical JSON, by the examples of RFC 8785', () => {
  it('writes literals, numbers and strings as 3.2.2 does', () => {
    const input = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    expect(canonicalJson(JSON.parse(input))).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts names by their UTF-16 code units, as 3.2.3 does', () => {
    const input = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      1: 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.values(JSON.parse(canonicalJson(input)) as object)).toEqual([
      'One',
      'Carriage Return',
      'Control',
      'Latin Small Letter O With Diaeresis',
      'Euro Sign',
      'Emoji: Grinning Face',
      'Hebrew Letter Dalet With Dagesh',
    ]);
    expect(canonicalJson(input).slice(0, 30)).toBe(String.raw`{"\r":"Carriage Return","1":"O`);
  });

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the number %s of appendix B as %s', (bits, text) => {
    expect(canonicalJson(double(bits))).toBe(text);
  });

  it('refuses what is no number, and nothing at all', () => {
    expect(() => canonicalJson({ at: Number.NaN })).toThrow('NaN');
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
  });
});

const key = { tenantId: randomUUID(), resource: 'agreements', resourceId: randomUUID(), keyId: 'key' };

function chainOf(...statuses: string[]): { end: ChainEnd; entries: ChainedEntry[] } {
  const entries: ChainedEntry[] = [];
  let end: ChainEnd | null = null;
  for (const [at, status] of statuses.entries()) {
    const before = at === 0 ? null : { status: statuses[at - 1] };
    const said = { ...key, id: randomUUID(), at: new Date(at), action: 'changed', reason: null };
    const entry: ChainedEntry = chained({ ...said, before, after: { status } }, end);
    entries.push(entry);
    end = { length: entry.sequence, headHash: entry.hash };
  }
  return { end: end as unknown as ChainEnd, entries };
}

describe('a chain of entries', () => {
  it('is sound as it was written, and when its content was kept in another order', () => {
    const { end, entries } = chainOf('draft', 'agreed', 'signed');
    expect(entries.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(firstFault(end, entries)).toBeNull();
    const [entry] = chainOf().entries;
    expect(entry).toBeUndefined();
    const one = chained({ ...key, ...said(), before: null, after: { a: 1, b: [{ c: 2, d: 3 }] } }, null);
    const kept = { ...one, after: { b: [{ d: 3, c: 2 }], a: 1 } };
    expect(firstFault({ length: 1, headHash: one.hash }, [kept])).toBeNull();
  });

  it('says the same of equal content by different digests', () => {
    const after = { status: 'signed' };
    const one = chained({ ...key, ...said(), before: after, after }, null);
    const other = chained({ ...key, ...said(), before: after, after }, null);
    const digests = [one, other].flatMap((each) => [each.digests.before, each.digests.after]);
    expect(new Set(digests).size).toBe(4);
  });

  it.each<[string, Partial<ChainedEntry>]>([
    ['what was done', { action: 'approved' }],
    ['who did it', { keyId: 'another' }],
    ['when', { at: new Date(1_000_000) }],
    ['what was before', { before: { status: 'negotiating' } }],
    ['what came of it', { after: { status: 'withdrawn' } }],
    ['that nothing came of it', { after: null }],
    ['a reason that was not given', { reason: 'They asked for it.' }],
    ['a digest', { digests: { reason: null, before: null, after: null } }],
    ['the salt', { salt: '00' }],
    ['its hash', { hash: 'ff' }],
    ['content after it was erased', { salt: null }],
  ])('names the entry in which somebody altered %s', (_what, altered) => {
    const { end, entries } = chainOf('draft', 'agreed', 'signed');
    const tampered = entries.map((entry, at) => (at === 1 ? { ...entry, ...altered } : entry));
    expect(firstFault(end, tampered)).toMatchObject({ kind: 'altered', sequence: 2, entryId: entries[1]?.id });
  });

  it('names the next one where an altered entry was sealed anew, and the last one by the end that was kept', () => {
    const { end, entries } = chainOf('draft', 'agreed', 'signed');
    const sealedAnew = (place: number): ChainedEntry[] =>
      entries.map((entry, at) => {
        if (at !== place) return entry;
        const forged = { ...entry, action: 'approved' };
        return { ...forged, hash: hashOf(forged, entries[at - 1]?.hash ?? null) };
      });
    expect(firstFault(end, sealedAnew(1))).toMatchObject({ kind: 'altered', sequence: 3 });
    expect(firstFault(end, sealedAnew(2))).toMatchObject({ kind: 'altered', sequence: 3, entryId: entries[2]?.id });
  });

  it('names the first of those that were removed, at the beginning, in the middle and at the end', () => {
    const { end, entries } = chainOf('draft', 'agreed', 'signed', 'inForce');
    const without = (...gone: number[]) => entries.filter(({ sequence }) => !gone.includes(sequence));
    expect(firstFault(end, without(1))).toMatchObject({ kind: 'removed', sequence: 1, entryId: null });
    expect(firstFault(end, without(2, 3))).toMatchObject({ kind: 'removed', sequence: 2 });
    expect(firstFault(end, without(4))).toMatchObject({ kind: 'removed', sequence: 4 });
    expect(firstFault(end, without(1, 2, 3, 4))).toMatchObject({ kind: 'removed', sequence: 1 });
    const renumbered = without(2).map((entry, at) => ({ ...entry, sequence: at + 1 }));
    expect(firstFault(end, renumbered)).toMatchObject({ kind: 'altered', sequence: 2, entryId: entries[2]?.id });
  });

  it('names the first of those that changed places', () => {
    const { end, entries } = chainOf('draft', 'agreed', 'signed', 'inForce');
    const [first, second, third, fourth] = entries as [ChainedEntry, ChainedEntry, ChainedEntry, ChainedEntry];
    const swapped = [first, { ...third, sequence: 2 }, { ...second, sequence: 3 }, fourth];
    expect(firstFault(end, swapped)).toMatchObject({ kind: 'reordered', sequence: 2, entryId: third.id });
  });

  it('names what was added behind its end, and what has no end', () => {
    const { end, entries } = chainOf('draft', 'agreed');
    const added = chained({ ...key, ...said(), before: null, after: null }, end);
    expect(firstFault(end, [...entries, added])).toMatchObject({ kind: 'added', sequence: 3, entryId: added.id });
    expect(firstFault(null, entries)).toMatchObject({ kind: 'added', sequence: 1, entryId: entries[0]?.id });
  });

  it('holds when content was erased, and nobody can try out what it was', () => {
    const { end, entries } = chainOf('draft', 'agreed', 'signed');
    const erased = entries.map((entry) => ({ ...entry, reason: null, before: null, after: null, salt: null }));
    expect(firstFault(end, erased)).toBeNull();
  });
});

const said = () => ({ id: randomUUID(), at: new Date(0), action: 'created', reason: null });
