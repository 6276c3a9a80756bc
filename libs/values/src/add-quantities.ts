import { Exact } from './exact-decimal';
import { type Quantity } from './quantity';

interface End {
  at: Exact;
  inclusive: boolean;
}

/** What a quantity allows: a missing end is open. */
interface Range {
  lower?: End;
  upper?: End;
}

/**
 * Sums per unit and per currency (never across, nothing is converted), in the order in which each first appears. Exact
 * decimals. The sum is as weak as its weakest member: one approx makes it approx, one bound makes it a bound (an
 * approximate member then counts with the value it states). Where one member has only a lower and another only an upper
 * bound, the upper one counts from nought, since bounds are never negative. `asOf` and `asReported` are not carried.
 */
export function addQuantities(quantities: readonly Quantity[]): Quantity[] {
  const groups = new Map<string, Quantity[]>();
  for (const quantity of quantities) {
    const key = `${quantity.currency ?? ''}/${quantity.unit ?? ''}`;
    const group = groups.get(key);
    if (group) group.push(quantity);
    else groups.set(key, [quantity]);
  }
  return [...groups.values()].map(sumOfGroup);
}

function sumOfGroup(members: readonly Quantity[]): Quantity {
  const { unit, currency } = members[0] ?? {};
  const measure = { ...(unit === undefined ? {} : { unit }), ...(currency === undefined ? {} : { currency }) };
  const values = members.map((member) => ('value' in member ? new Exact(member.value) : undefined));
  if (values.every((value) => value !== undefined)) {
    const value = values.reduce((sum, each) => sum.plus(each), new Exact(0)).toFixed();
    const exact = members.every((member) => member.qualifier === 'exact');
    return { qualifier: exact ? 'exact' : 'approx', value, ...measure };
  }
  const ranges = members.map(rangeOf);
  const upper = sumOfEnds(ranges.map((range) => range.upper));
  const lower = sumOfEnds(ranges.map((range) => range.lower ?? (upper ? undefined : nought)));
  return { ...quantityOf(lower, upper), ...measure };
}

const nought: End = { at: new Exact(0), inclusive: true };

function rangeOf(quantity: Quantity): Range {
  const end = (at: string, inclusive: boolean): End => ({ at: new Exact(at), inclusive });
  switch (quantity.qualifier) {
    case 'exact':
    case 'approx':
      return { lower: end(quantity.value, true), upper: end(quantity.value, true) };
    case 'moreThan':
    case 'atLeast':
      return { lower: end(quantity.lower, quantity.qualifier === 'atLeast') };
    case 'lessThan':
    case 'atMost':
      return { upper: end(quantity.upper, quantity.qualifier === 'atMost') };
    case 'between': {
      const inclusive = quantity.inclusive ?? true;
      return { lower: end(quantity.lower, inclusive), upper: end(quantity.upper, inclusive) };
    }
  }
}

function sumOfEnds(ends: readonly (End | undefined)[]): End | undefined {
  return ends.reduce<End | undefined>(
    (sum, end) => sum && end && { at: sum.at.plus(end.at), inclusive: sum.inclusive && end.inclusive },
    nought,
  );
}

function quantityOf(lower: End | undefined, upper: End | undefined): Quantity {
  if (lower && upper) {
    const inclusive = lower.inclusive && upper.inclusive;
    return { qualifier: 'between', lower: lower.at.toFixed(), upper: upper.at.toFixed(), inclusive };
  }
  if (upper) {
    const bound = upper.at.toFixed();
    return upper.inclusive
      ? { qualifier: 'atMost', upper: bound, inclusive: true }
      : { qualifier: 'lessThan', upper: bound, inclusive: false };
  }
  const bound = (lower ?? nought).at.toFixed();
  return lower?.inclusive === false
    ? { qualifier: 'moreThan', lower: bound, inclusive: false }
    : { qualifier: 'atLeast', lower: bound, inclusive: true };
}
