import { breakDown, type Counted, tally } from './statistics.rules';

const cny = (value: string): Counted['money'] => [{ qualifier: 'exact', value, currency: 'CNY' }];
const project = (given: Partial<Counted>): Counted => ({
  count: 1,
  status: 'signed',
  group: null,
  economies: [],
  money: [],
  ...given,
});

describe('a tally', () => {
  it('adds exactly, and never across currencies', () => {
    const usd: Counted['money'] = [{ qualifier: 'exact', value: '7', currency: 'USD' }];
    const rows = [project({ money: cny('0.1') }), project({ money: cny('0.2') }), project({ money: usd })];
    expect(tally(rows).money).toEqual([
      { qualifier: 'exact', value: '0.3', currency: 'CNY' },
      { qualifier: 'exact', value: '7', currency: 'USD' },
    ]);
  });

  it('is as weak as its weakest member and says how many stated nothing', () => {
    const approx: Counted['money'] = [{ qualifier: 'approx', value: '5', currency: 'CNY' }];
    expect(tally([project({ money: cny('1') }), project({ money: approx }), project({})])).toEqual({
      count: 3,
      money: [{ qualifier: 'approx', value: '6', currency: 'CNY' }],
      withoutMoney: 1,
    });
  });
});

it('counts what has two economies under both, once each', () => {
  const { count, byEconomy, byGroup } = breakDown([
    project({ economies: ['CN', 'KR', 'KR'], group: 'automobiles' }),
    project({ economies: ['CN'] }),
  ]);
  expect(count).toBe(2);
  expect(byEconomy['CN']?.count).toBe(2);
  expect(byEconomy['KR']?.count).toBe(1);
  expect(byGroup['unknown']?.count).toBe(1);
});
