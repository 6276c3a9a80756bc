import fc from 'fast-check';
import { at, desk, satisfiedAt, scan, START, ticket } from '../../test/scan.builder';
import { arrivedWith, type CheckIn, type Desk, type Scan, settle } from './check-in.rules';
import { type Statement } from './entry-condition.rules';

const confirmed = desk({});
const outcomesOf = (settled: readonly CheckIn[]): string[] =>
  settled.map(({ conflict, outcome }) => conflict ?? outcome);
const outcomeOf = (where: Desk, only: Scan): string => outcomesOf(settle(where, [], [only]).added).join();

describe('a scan', () => {
  it('of a good ticket, or of a registration found by hand, lets somebody in', () => {
    expect(outcomeOf(confirmed, scan('a'))).toBe('entered');
    expect(outcomeOf(confirmed, scan('a', { presented: { registrationId: 'one' } }))).toBe('entered');
    expect(outcomeOf(desk({ status: 'checkedIn' }), scan('a', { direction: 'out' }))).toBe('left');
  });

  it.each<[string, Desk, Partial<Scan>]>([
    ['signature-invalid', confirmed, { presented: { ticket: null } }],
    ['wrong-event', confirmed, { presented: ticket('one', { eventId: 'another' }) }],
    ['registration-unknown', confirmed, { presented: ticket('two') }],
    ['registration-unknown', confirmed, { presented: { registrationId: 'two' } }],
    ['ticket-expired', confirmed, { presented: ticket('one', { expiresAt: START / 1_000 - 1 }) }],
    ['registration-cancelled', desk({ status: 'cancelled', ticketsEndedAt: [at(0)] }), {}],
    ['registration-cancelled', desk({ status: 'cancelled' }), { presented: { registrationId: 'one' } }],
    ['cancelled-since', desk({ status: 'cancelled', ticketsEndedAt: [at(1)] }), {}],
    ['registration-not-confirmed', desk({ status: 'waitlisted' }), {}],
    ['ticket-superseded', desk({ ticketsEndedAt: [at(0)] }), {}],
    ['ticket-superseded', confirmed, { presented: ticket('one', { number: 2 }) }],
  ])('is a conflict: %s', (conflict, where, changes) => {
    expect(outcomeOf(where, scan('a', changes))).toBe(conflict);
  });

  it('of a ticket that was replaced only afterwards is good', () => {
    expect(outcomeOf(desk({ ticketsEndedAt: [at(1)] }), scan('a'))).toBe('entered');
  });
});

describe('several scans of one ticket', () => {
  const elsewhere = { gate: 'south', scannedAt: at(90) };

  it('at two gates at once are a conflict of the later one, whichever arrives first', () => {
    const [first, later] = [scan('a'), scan('b', elsewhere)];
    expect(outcomesOf(settle(confirmed, [], [later, first]).added)).toEqual(['entered', 'two-gates-at-once']);
    const { added } = settle(confirmed, [], [later]);
    expect(outcomesOf(added)).toEqual(['entered']);
    const afterwards = settle(confirmed, added, [first]);
    expect(outcomesOf(afterwards.added)).toEqual(['entered']);
    expect(outcomesOf(afterwards.changed)).toEqual(['two-gates-at-once']);
  });

  it('come in again after going out, at the same gate, later, or where no gate is named', () => {
    const again = (...scans: Scan[]): string[] => outcomesOf(settle(confirmed, [], [scan('a'), ...scans]).added);
    expect(again(scan('b', { direction: 'out', scannedAt: at(30) }), scan('c', elsewhere))).toEqual([
      'entered',
      'left',
      'reEntered',
    ]);
    expect(again(scan('b', { scannedAt: at(90) }))).toEqual(['entered', 'reEntered']);
    expect(again(scan('b', { ...elsewhere, scannedAt: at(120) }))).toEqual(['entered', 'reEntered']);
    expect(again(scan('b', { ...elsewhere, gate: null }))).toEqual(['entered', 'reEntered']);
  });

  it('enter once on each day', () => {
    const days = ['2030-10-17', '2030-10-18', '2030-10-18'];
    const scans = days.map((day, index) => scan(String(index), { day, scannedAt: at(index * 40_000) }));
    expect(outcomesOf(settle(confirmed, [], scans).added)).toEqual(['entered', 'entered', 'reEntered']);
  });
});

describe('a scan id', () => {
  it('that comes again with the same scan adds nothing', () => {
    const { added } = settle(confirmed, [], [scan('a'), scan('a')]);
    expect(added).toHaveLength(1);
    expect(settle(confirmed, added, [scan('a')])).toEqual({ added: [], changed: [], reused: new Set() });
  });

  it('that comes again with another scan leaves the first as it was, and is named', () => {
    const other = scan('a', { gate: 'south' });
    const { added, reused } = settle(confirmed, [], [scan('a'), other]);
    expect([added.map(({ gate }) => gate), reused]).toEqual([['north'], new Set(['a'])]);
    const where = desk({}, { id: 'two' });
    const known = settle(where, [], [scan('0'), scan('a', { scannedAt: at(1) })]).added.filter(
      (each) => each.scanId === 'a',
    );
    const taken = settle(where, known, [scan('a', { presented: ticket('two') })]);
    expect(taken).toEqual({ added: [], changed: [], reused: new Set(['a']) });
  });
});

const registrationIds = ['one', 'two', 'gone', 'replaced', 'nobody'];
const somewhere = desk(
  {},
  { id: 'two', status: 'checkedIn' },
  { id: 'gone', status: 'cancelled', ticketsEndedAt: [at(100)] },
  { id: 'replaced', ticketsEndedAt: [at(100)] },
);
const presented = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ id: fc.constantFrom(...registrationIds), number: fc.integer({ min: 1, max: 2 }) }),
  },
  { weight: 1, arbitrary: fc.constant(null) },
);
const scans = fc
  .array(
    fc.record({
      presented: presented.map((what) => (what === null ? { ticket: null } : ticket(what.id, { number: what.number }))),
      scannedAt: fc.integer({ min: 0, max: 600 }).map((seconds) => at(seconds - (seconds % 30))),
      day: fc.constantFrom('2030-10-17', '2030-10-18'),
      direction: fc.constantFrom<('in' | 'out')[]>('in', 'in', 'out'),
      gate: fc.constantFrom('north', 'south', null),
      conditionsMet: fc.subarray(['health', 'visa']),
    }),
    { minLength: 1, maxLength: 25 },
  )
  .map((all) => all.map((each, index) => scan(`scan-${index}`, each)));
const statements = fc.array(
  fc.record({
    id: fc.constantFrom('one', 'two', 'replaced'),
    code: fc.constantFrom('health', 'visa'),
    at: fc.nat(600),
  }),
  { maxLength: 4 },
);
const deliveries = scans.chain((all) =>
  fc.record({
    conditions: fc.subarray(['health', 'visa']),
    said: statements.chain((each) => fc.tuple(...each.map((one) => fc.tuple(fc.constant(one), fc.nat(60))))),
    all: fc.constant(all),
    order: fc
      .array(fc.constantFrom(...all), { maxLength: 30 })
      .chain((repeated) => fc.shuffledSubarray([...all, ...repeated], { minLength: all.length + repeated.length })),
    size: fc.integer({ min: 1, max: 10 }),
  }),
);

type Said = [{ id: string; code: string; at: number }, number];

/** What is kept, and who came, after the scans have come in batches of this size and each statement before one of them. */
function afterwards(
  { conditions, said }: { conditions: string[]; said: readonly Said[] },
  arriving: readonly Scan[],
  size: number,
): { kept: CheckIn[]; arrived: string[] } {
  const kept = new Map<string, CheckIn>();
  const arrived = new Set<string>();
  const heard = new Map<string, Statement[]>();
  const take = (batch: readonly Scan[], restated: readonly string[]): void => {
    const settled = settle({ ...somewhere, conditions, statements: heard }, [...kept.values()], batch, restated);
    for (const each of [...settled.added, ...settled.changed]) kept.set(each.scanId, each);
    for (const id of arrivedWith(settled)) arrived.add(id);
  };
  const hear = (from: number, to: number): void => {
    for (const [{ id, code, at: seconds }] of said.filter(([, before]) => before >= from && before < to)) {
      heard.set(id, [...(heard.get(id) ?? []), satisfiedAt(seconds, code)]);
      take([], [id]);
    }
  };
  for (let from = 0; from < arriving.length; from += size) {
    hear(from, from + size);
    take(arriving.slice(from, from + size), []);
  }
  hear(Math.ceil(arriving.length / size) * size, Infinity);
  return { kept: [...kept.values()].sort((a, b) => (a.scanId < b.scanId ? -1 : 1)), arrived: [...arrived].sort() };
}

describe('scans that were kept offline', () => {
  it('come to the same, in whatever order, however often and in however large batches they are sent', () => {
    fc.assert(
      fc.property(deliveries, ({ all, order, size, ...asked }) => {
        const saidBefore = asked.said.map(([statement]): Said => [statement, 0]);
        const expected = afterwards({ ...asked, said: saidBefore }, all, all.length);
        expect(afterwards(asked, order, size)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('let nobody in twice at once at two gates, and everybody in whose ticket was good', () => {
    fc.assert(
      fc.property(scans, (all) => {
        const { kept, arrived } = afterwards({ conditions: [], said: [] }, all, all.length);
        const good = kept.filter(({ conflict, direction }) => conflict === null && direction === 'in');
        const possible = kept.filter(({ conflict, direction }) => {
          return direction === 'in' && (conflict === null || conflict === 'two-gates-at-once');
        });
        expect(new Set(good.map((each) => each.registrationId))).toEqual(
          new Set(possible.map((e) => e.registrationId)),
        );
        expect(new Set(arrived)).toEqual(new Set(good.map((each) => each.registrationId)));
        const firsts = kept.filter(({ outcome }) => outcome === 'entered');
        expect(new Set(firsts.map(({ registrationId, day }) => `${registrationId} ${day}`)).size).toBe(firsts.length);
      }),
    );
  });
});
