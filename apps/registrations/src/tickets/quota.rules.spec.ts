import { QuotaLedger } from './quota.rules';

const ledger = (isQueued = false): QuotaLedger =>
  new QuotaLedger(
    [
      { name: 'event', places: 10, taken: 7 },
      { name: 'KR', places: 5, taken: 3 },
      { name: 'lowered', places: 5, taken: 8 },
    ],
    isQueued,
  );

describe('a draw for several', () => {
  it('takes the places of all of them', () => {
    const quotas = ledger();
    expect(quotas.draw([['event', 'KR'], ['event'], ['event', 'unlimited']])).toBeNull();
    expect(quotas.changes()).toEqual([
      { name: 'event', delta: 3 },
      { name: 'KR', delta: 1 },
    ]);
    expect(quotas.full()).toEqual(['event', 'lowered']);
  });

  it('takes none where one quota has too few for all of them, and says which', () => {
    const quotas = ledger();
    expect(quotas.draw(Array(3).fill(['event', 'KR']))).toBe('KR');
    expect(quotas.changes()).toEqual([]);
  });
});

describe('places that are given back', () => {
  it('are free at once, unless somebody waits', () => {
    for (const isQueued of [false, true]) {
      const quotas = ledger(isQueued);
      expect(quotas.draw(Array(3).fill(['event']))).toBeNull();
      expect(quotas.move(['event'], [])).toBeNull();
      expect(quotas.move([], ['event'])).toBe(isQueued ? 'event' : null);
    }
  });

  it('let nobody in while more are taken than there are', () => {
    const quotas = ledger();
    expect(quotas.move(['lowered'], [])).toBeNull();
    expect(quotas.full()).toContain('lowered');
    expect(quotas.move([], ['lowered'])).toBe('lowered');
  });
});
