import fc from 'fast-check';
import {
  agreementAgreed,
  agreementSigned,
  agreementStated,
  agreementWithheld,
  toHeaders,
} from '@expo-accord/contracts';
import { AgreementCopy, type AgreementRecord } from './agreement-copy';

const tenantId = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a00';
const time = '2024-10-17T02:00:00.000Z';

function record(aggregate: string, id: string, type: string, sequence: number, data: object | null): AgreementRecord {
  const headers = toHeaders({
    ...{ id: tenantId, source: `/${aggregate}/${id}`, type, subject: id, time, partitionKey: `${tenantId}/${id}` },
    ...{ tenantId, correlationId: tenantId, causationId: tenantId, epoch: 1, sequence },
  });
  return { headers, value: data === null ? null : JSON.stringify(data) };
}

/** What is said of an agreement that becomes public and goes on or is withheld, by turns. */
function said(id: string, changes: readonly boolean[]): { steps: AgreementRecord[]; states: AgreementRecord[] } {
  const numbered = changes.map((isPublic, index) => ({ isPublic, sequence: index + 1, version: index + 3 }));
  return {
    steps: numbered.map(({ isPublic, sequence, version }) => {
      const { type, example } = isPublic ? (sequence === 1 ? agreementAgreed : agreementSigned) : agreementWithheld;
      return record('agreements', id, type, sequence, { ...example, version });
    }),
    states: numbered.map(({ isPublic, sequence, version }) => {
      const status = sequence === 1 ? 'agreed' : 'signed';
      const state = isPublic ? { ...agreementStated.example, status, version } : null;
      return record('agreement-states', id, agreementStated.type, sequence, state);
    }),
  };
}

/** Each record ten times: the first time in order, the others whenever later, as a relay or a reader that begins anew gives them. */
function tenTimes(records: readonly AgreementRecord[], pick: () => number): AgreementRecord[] {
  const given: AgreementRecord[] = [];
  const again: AgreementRecord[] = [];
  const rest = [...records];
  while (rest.length > 0 || again.length > 0) {
    const next = again.length === 0 || (rest.length > 0 && pick() < 0.5) ? rest.shift() : undefined;
    if (next !== undefined) again.push(...Array.from({ length: 9 }, () => next));
    given.push(next ?? (again.splice(Math.floor(pick() * again.length), 1)[0] as AgreementRecord));
  }
  return given;
}

/** One stream of several, each in its own order. */
function mixed(streams: readonly (readonly AgreementRecord[])[], pick: () => number): AgreementRecord[] {
  const left = streams.filter((stream) => stream.length > 0).map((stream) => [...stream]);
  const given: AgreementRecord[] = [];
  while (left.length > 0) {
    const at = Math.floor(pick() * left.length);
    given.push(left[at]?.shift() as AgreementRecord);
    if (left[at]?.length === 0) left.splice(at, 1);
  }
  return given;
}

function copied(records: readonly AgreementRecord[]): AgreementCopy {
  const copy = new AgreementCopy();
  for (const each of records) copy.take(each);
  return copy;
}

const byKey = <T>(map: ReadonlyMap<string, T>): [string, T][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

describe('the example of a consumer that copies agreements', () => {
  // What is recorded first is public; afterwards it may be kept back and be public again, by turns or not.
  const lives = fc.array(
    fc.array(fc.boolean(), { maxLength: 6 }).map((later) => {
      return [true, ...later].filter((now, index, all) => now || all[index - 1] === true);
    }),
    { minLength: 1, maxLength: 4 },
  );
  const picks = fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true }));

  it('ends in the same state, however often and in whatever order that Kafka allows it is given everything', () => {
    fc.assert(
      fc.property(lives, picks, fc.boolean(), (changes, source, isCompacted) => {
        const pick = (): number => source.next().value as number;
        const agreements = changes.map((each, index) => said(`agreement-${index}`, each));
        const states = agreements.map((each) => (isCompacted ? each.states.slice(-1) : each.states));
        const once = copied(agreements.flatMap(({ steps }, index) => [...steps, ...(states[index] ?? [])]));
        const streams = [...agreements.map(({ steps }) => steps), ...states].map((stream) => tenTimes(stream, pick));
        const shuffled = copied(mixed(streams, pick));
        expect(byKey(shuffled.agreements)).toEqual(byKey(once.agreements));
        expect(byKey(shuffled.steps)).toEqual(byKey(once.steps));
      }),
    );
  });

  it('has what is public, as it stands, and each step once', () => {
    const { steps, states } = said('a', [true, true, false, true]);
    const { agreements, steps: taken } = copied([...states, ...steps, ...steps]);
    const key = `${tenantId}/a`;
    expect(agreements.get(key)).toEqual({ version: 6, status: 'signed', titles: agreementSigned.example.titles });
    // Whoever knows how it stands is not thrown back by reading how it came to that.
    expect(copied([...states, ...steps.slice(0, 1)]).agreements.get(key)?.version).toBe(6);
    expect(taken.get(key)).toEqual(
      [agreementAgreed, agreementSigned, agreementWithheld, agreementSigned].map((c) => c.type),
    );
    expect(copied(said('a', [true, false]).steps).agreements.size).toBe(0);
  });
});
