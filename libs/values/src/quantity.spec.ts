import { addQuantities, checkQuantity, describeQuantity, type Quantity } from '.';
import fc from 'fast-check';
import { quantity } from '../test/arbitraries';
import { Exact as Decimal } from './exact-decimal';

const codesOf = (value: unknown) => checkQuantity(value).map(({ pointer, code }) => `${pointer} ${code}`);

const moreThan100: Quantity = {
  qualifier: 'moreThan',
  lower: '100',
  inclusive: false,
  unit: 'person',
  asReported: 'More than 100 people',
};

describe('a quantity', () => {
  it('takes the figures of the reports with their precision', () => {
    const reported: Quantity[] = [
      moreThan100,
      { qualifier: 'exact', value: '191', unit: 'project' },
      { qualifier: 'approx', value: '700', unit: 'person', asReported: 'about 700 people' },
      { qualifier: 'approx', value: '270000000000', currency: 'CNY', asOf: null },
      { qualifier: 'between', lower: '2', upper: '3.5', inclusive: true, unit: 'year', asOf: { edtf: '2023-11' } },
    ];
    expect(reported.map(codesOf)).toEqual([[], [], [], [], []]);
  });

  it.each<[string, unknown, string[]]>([
    ['a bare value beside a bound', { ...moreThan100, value: '100' }, ['/value unknown-field']],
    ['a float', { qualifier: 'exact', value: 191, unit: 'project' }, ['/value malformed']],
    ['a grouped number', { qualifier: 'exact', value: '100,000', unit: 'person' }, ['/value malformed']],
    ['no bound where one is due', { qualifier: 'atMost', unit: 'person' }, ['/upper required']],
    ['"more than" that includes its bound', { ...moreThan100, inclusive: true }, ['/inclusive malformed']],
    ['an unknown qualifier', { qualifier: 'some', unit: 'person' }, ['/qualifier malformed']],
    ['no qualifier', { value: '1', unit: 'person' }, ['/qualifier required']],
    ['a number of nothing', { qualifier: 'exact', value: '7' }, [' unit-or-currency']],
    ['unit and currency', { qualifier: 'exact', value: '7', unit: 'person', currency: 'CNY' }, [' unit-or-currency']],
    [
      'a currency that does not exist',
      { qualifier: 'exact', value: '7', currency: 'RMB' },
      ['/currency currency-unknown'],
    ],
    [
      'bounds in the wrong order',
      { qualifier: 'between', lower: '10', upper: '9', unit: 'year' },
      ['/upper bounds-out-of-order'],
    ],
    [
      'an unreal as-of date',
      { qualifier: 'exact', value: '7', unit: 'year', asOf: { edtf: '2020-13' } },
      ['/asOf/edtf edtf-malformed'],
    ],
    ['what is no object', '100', [' malformed']],
  ])('refuses %s', (_what, value, expected) => {
    expect(codesOf(value)).toEqual(expected);
  });

  it.each<[Quantity, string]>([
    [moreThan100, 'more than 100 person'],
    [{ qualifier: 'approx', value: '270000000000', currency: 'CNY' }, 'about 270000000000 CNY'],
    [{ qualifier: 'exact', value: '191', unit: 'project' }, '191 project'],
    [{ qualifier: 'atMost', upper: '5', unit: 'day' }, 'at most 5 day'],
    [{ qualifier: 'between', lower: '3', upper: '5', unit: 'day' }, 'between 3 and 5 day'],
  ])('is described with its qualifier and unit: %#', (quantity, words) => {
    expect(describeQuantity(quantity)).toBe(words);
  });
});

describe('adding quantities', () => {
  it('is exact where floats and short decimals are not', () => {
    const tenth: Quantity = { qualifier: 'exact', value: '0.1', currency: 'CNY' };
    const huge: Quantity = { qualifier: 'exact', value: '123456789012345678901234567890.01', currency: 'CNY' };
    expect(addQuantities([tenth, tenth, tenth])).toEqual([{ ...tenth, value: '0.3' }]);
    expect(addQuantities([huge, tenth])).toEqual([{ ...huge, value: '123456789012345678901234567890.11' }]);
  });

  it('adds 191 investments up to exactly 270 billion', () => {
    const share = 270_000_000_000n / 191n;
    const investments = Array.from({ length: 191 }, (_, index) =>
      index === 0 ? share + (270_000_000_000n % 191n) : share,
    );
    const quantities = investments.map((value): Quantity => ({
      qualifier: 'exact',
      value: String(value),
      currency: 'CNY',
    }));
    expect(addQuantities(quantities)).toEqual([{ qualifier: 'exact', value: '270000000000', currency: 'CNY' }]);
  });

  it('never adds across units or currencies', () => {
    const quantities: Quantity[] = [
      { qualifier: 'exact', value: '24', unit: 'enterprise' },
      { qualifier: 'exact', value: '35', unit: 'enterprise' },
      { qualifier: 'exact', value: '7', currency: 'CNY' },
      { qualifier: 'exact', value: '7', currency: 'USD' },
    ];
    expect(addQuantities(quantities).map(describeQuantity)).toEqual(['59 enterprise', '7 CNY', '7 USD']);
  });

  const exact5: Quantity = { qualifier: 'exact', value: '5', unit: 'person' };
  const about5: Quantity = { qualifier: 'approx', value: '5', unit: 'person' };
  const atLeast5: Quantity = { qualifier: 'atLeast', lower: '5', unit: 'person' };
  const atMost5: Quantity = { qualifier: 'atMost', upper: '5', unit: 'person' };
  const below5: Quantity = { qualifier: 'lessThan', upper: '5', unit: 'person' };
  const from2To3: Quantity = { qualifier: 'between', lower: '2', upper: '3', unit: 'person' };

  it.each<[string, Quantity[]]>([
    ['about 10 person', [exact5, about5]],
    ['more than 105 person', [moreThan100, exact5]],
    ['more than 105 person', [moreThan100, about5]],
    ['more than 105 person', [atLeast5, moreThan100]],
    ['at least 10 person', [atLeast5, exact5]],
    ['at most 10 person', [atMost5, exact5]],
    ['less than 10 person', [atMost5, below5]],
    ['between 7 and 8 person', [from2To3, exact5]],
    ['more than 102 person', [moreThan100, from2To3]],
    ['at most 8 person', [atMost5, from2To3]],
    ['more than 100 person', [moreThan100, atMost5]],
  ])('carries bounds and the weakest qualifier along: %s', (words, quantities) => {
    expect(addQuantities(quantities).map(describeQuantity)).toEqual([words]);
    expect(addQuantities(quantities.toReversed()).map(describeQuantity)).toEqual([words]);
    expect(addQuantities(quantities).flatMap(checkQuantity)).toEqual([]);
  });

  it('of nothing is nothing, not nought of something', () => {
    expect(addQuantities([])).toEqual([]);
  });
});

describe('any quantity', () => {
  it('is sound, and never described by a bare number where it is none', () => {
    fc.assert(
      fc.property(quantity, (any) => {
        expect(checkQuantity(any)).toEqual([]);
        expect(/^\d/.test(describeQuantity(any))).toBe(any.qualifier === 'exact');
      }),
    );
  });

  it('added to others gives a sound sum for each unit and currency', () => {
    fc.assert(
      fc.property(fc.array(quantity, { maxLength: 8 }), (any) => {
        const sums = addQuantities(any);
        const measureOf = ({ unit, currency }: Quantity) => unit ?? currency;
        expect(sums.flatMap(checkQuantity)).toEqual([]);
        expect(sums.map(measureOf)).toEqual([...new Set(any.map(measureOf))]);
      }),
    );
  });

  it('adds up to the same in any order', () => {
    const shuffled = fc
      .array(quantity, { maxLength: 8 })
      .chain((any) => fc.tuple(fc.constant(any), fc.shuffledSubarray(any, { minLength: any.length })));
    const inOrder = (sums: Quantity[]) => sums.map(describeQuantity).sort();
    fc.assert(
      fc.property(shuffled, ([any, turned]) => {
        expect(inOrder(addQuantities(turned))).toEqual(inOrder(addQuantities(any)));
      }),
    );
  });

  it('adds up to something that allows what the numbers behind them add up to', () => {
    const known = quantity.chain((any) => fc.tuple(fc.constant(any), fc.bigInt({ min: 0n, max: 1_000_000n })));
    fc.assert(
      fc.property(fc.array(known, { maxLength: 8 }), (any) => {
        const members = any.filter(([{ unit }]) => unit === 'person');
        const behind = members.map(([member, more]) => numberBehind(member, more));
        const [sum] = addQuantities(members.map(([member]) => member));
        if (sum !== undefined) expect(allows(sum, Decimal.sum(...behind))).toBe(true);
      }),
    );
  });

  /** One of the numbers that the quantity allows. */
  function numberBehind(any: Quantity, more: bigint): Decimal {
    if ('value' in any) return new Decimal(any.value);
    const share = new Decimal(String(more)).plus(1).div(1_000_002);
    if (any.qualifier === 'between') return new Decimal(any.upper).minus(any.lower).times(share).plus(any.lower);
    return 'lower' in any ? share.plus(any.lower).plus(String(more)) : share.times(any.upper);
  }

  function allows(any: Quantity, number: Decimal): boolean {
    if ('value' in any) return number.equals(any.value);
    const isInside = any.qualifier === 'between' ? (any.inclusive ?? true) : any.inclusive;
    const lower = 'lower' in any ? number.comparedTo(any.lower) : 1;
    const upper = 'upper' in any ? -number.comparedTo(any.upper) : 1;
    return Math.min(lower, upper) >= (isInside ? 0 : 1);
  }
});
