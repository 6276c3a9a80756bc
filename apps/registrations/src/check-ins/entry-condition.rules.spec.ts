import { asking, at, desk, satisfiedAt, scan, ticket } from '../../test/scan.builder';
import { type Desk, type Scan, settle } from './check-in.rules';

const confirmed = desk({});

describe('what an event asks before entry', () => {
  const unmetBy = (where: Desk, ...scans: Scan[]): (readonly string[] | string)[] =>
    settle(where, [], scans).added.map((each) => {
      return each.conflict === 'entry-condition-unmet' ? each.conditionsUnmet : (each.conflict ?? each.outcome);
    });

  it('keeps out whoever does not satisfy it by then, and names what is missing', () => {
    expect(unmetBy(asking(confirmed, ['health', 'visa']), scan('a'))).toEqual([['health', 'visa']]);
    expect(unmetBy(asking(confirmed, ['health', 'visa'], satisfiedAt(0)), scan('a'))).toEqual([['visa']]);
    expect(unmetBy(asking(confirmed, ['health'], satisfiedAt(1)), scan('a'))).toEqual([['health']]);
    expect(unmetBy(asking(confirmed, ['health'], satisfiedAt(0)), scan('a'))).toEqual(['entered']);
  });

  it('is asked of nobody who leaves, and is no reason where another is', () => {
    expect(unmetBy(asking(confirmed, ['health']), scan('a', { direction: 'out' }))).toEqual(['left']);
    expect(unmetBy(asking(desk({ status: 'waitlisted' }), ['health']), scan('a'))).toEqual([
      'registration-not-confirmed',
    ]);
  });

  it('is satisfied from the scan on that says so, which counts for no other gate at once', () => {
    const seen = scan('a', { conditionsMet: ['health'] });
    const later = scan('b', { scannedAt: at(60) });
    expect(unmetBy(asking(confirmed, ['health']), later, seen)).toEqual(['entered', 'reEntered']);
    const elsewhere = scan('c', { gate: 'south', scannedAt: at(30), conditionsMet: ['visa'] });
    const both = asking(confirmed, ['health', 'visa']);
    expect(unmetBy(both, scan('a', { conditionsMet: ['health', 'visa'] }), elsewhere)).toEqual([
      'entered',
      'two-gates-at-once',
    ]);
    expect(unmetBy(both, seen, scan('d', { scannedAt: at(10), conditionsMet: ['visa'] }))).toEqual([
      ['visa'],
      'entered',
    ]);
  });

  it('is no longer satisfied once that was taken back, nor with the next ticket', () => {
    const back = { code: 'health', satisfied: false, at: at(10) };
    const scans = [scan('a'), scan('b', { scannedAt: at(20) })];
    expect(unmetBy(asking(confirmed, ['health'], satisfiedAt(0), back), ...scans)).toEqual(['entered', ['health']]);
    const reissued = asking(desk({ ticketsEndedAt: [at(10)] }), ['health'], satisfiedAt(0));
    expect(
      unmetBy(reissued, scan('a'), scan('b', { scannedAt: at(20), presented: ticket('one', { number: 2 }) })),
    ).toEqual(['entered', ['health']]);
  });

  it('is what it was when a scan arrived, also once the event asks for more', () => {
    const { added } = settle(confirmed, [], [scan('a')]);
    const afterwards = settle(asking(confirmed, ['health']), added, [scan('b', { scannedAt: at(-60) })]);
    expect(afterwards).toMatchObject({ added: [{ conflict: 'entry-condition-unmet' }], changed: [] });
  });
});
