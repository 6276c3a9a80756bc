import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { Exact } from './exact-decimal';
import { PartialDate, checkPartialDate } from './partial-date';
import { within, type Problem } from './problem';
import { closed, fits, nullable, shapeProblems } from './schema-check';

/** Every digit counts: a decimal number as text, never a float. */
export const DecimalString = Type.String({
  pattern: '^-?(0|[1-9][0-9]*)(\\.[0-9]+)?$',
  maxLength: 60,
  description: 'a decimal number as text',
});

const Bound = Type.String({
  pattern: '^(0|[1-9][0-9]*)(\\.[0-9]+)?$',
  maxLength: 60,
  description: 'a decimal number as text, not negative',
});

/** What is measured, when, and in which words; a quantity has a unit (`person`, `project`) or a currency (ISO 4217). */
const measure = {
  unit: Type.Optional(
    Type.String({ pattern: '^[a-z][A-Za-z0-9]*$', maxLength: 64, description: 'a lowerCamelCase unit' }),
  ),
  currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$', description: 'an ISO 4217 currency code' })),
  asOf: Type.Optional(nullable(PartialDate)),
  asReported: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
};

const lowerBounded = <Q extends string, I extends boolean>(qualifier: Q, inclusive: I) =>
  Type.Object({
    qualifier: Type.Literal(qualifier),
    lower: Bound,
    inclusive: Type.Optional(Type.Literal(inclusive)),
    ...measure,
  });

const upperBounded = <Q extends string, I extends boolean>(qualifier: Q, inclusive: I) =>
  Type.Object({
    qualifier: Type.Literal(qualifier),
    upper: Bound,
    inclusive: Type.Optional(Type.Literal(inclusive)),
    ...measure,
  });

const alternatives = {
  exact: Type.Object({ qualifier: Type.Literal('exact'), value: DecimalString, ...measure }),
  approx: Type.Object({ qualifier: Type.Literal('approx'), value: DecimalString, ...measure }),
  moreThan: lowerBounded('moreThan', false),
  atLeast: lowerBounded('atLeast', true),
  lessThan: upperBounded('lessThan', false),
  atMost: upperBounded('atMost', true),
  between: Type.Object({
    qualifier: Type.Literal('between'),
    lower: Bound,
    upper: Bound,
    inclusive: Type.Optional(Type.Boolean()),
    ...measure,
  }),
};

/**
 * A figure with its precision. `value` exists only for exact and approx, so that nobody can print "more than 100" as a
 * bare 100; the others have `lower` and/or `upper`. `inclusive` says whether the bounds belong to it (between: yes,
 * unless it says no). Values and bounds are decimal strings in the unit or currency, not in thousands or cents.
 */
export const Quantity = Type.Union([
  alternatives.exact,
  alternatives.approx,
  alternatives.moreThan,
  alternatives.atLeast,
  alternatives.lessThan,
  alternatives.atMost,
  alternatives.between,
]);
export type Quantity = Static<typeof Quantity>;
export type Qualifier = Quantity['qualifier'];

const strict: Record<string, TSchema> = Object.fromEntries(
  Object.entries(alternatives).map(([qualifier, schema]) => [qualifier, closed(schema)]),
);
const anyQualifier = Type.Object({
  qualifier: Type.Union(Object.values(alternatives).map((a) => a.properties.qualifier)),
});
const currencies = new Set(Intl.supportedValuesOf('currency'));

/** Beyond the shape: exactly one of unit and currency, a currency that exists, bounds in order, a real `asOf`. */
export function checkQuantity(value: unknown): Problem[] {
  const unnamed = shapeProblems(anyQualifier, value);
  if (unnamed.length > 0 || !fits(anyQualifier, value)) return unnamed;
  const alternative = strict[value.qualifier];
  const problems = alternative ? shapeProblems(alternative, value) : [];
  if (problems.length > 0 || !fits(Quantity, value)) return problems;
  problems.push(...measureProblems(value), ...within('/asOf', value.asOf ? checkPartialDate(value.asOf) : []));
  if (value.qualifier === 'between' && !isBelow(value.lower, value.upper)) {
    problems.push({
      pointer: '/upper',
      code: 'bounds-out-of-order',
      detail: 'The upper bound is not above the lower.',
    });
  }
  return problems;
}

/** A quantity that is an amount of money which somebody gives: in a currency, and not negative. */
export function checkMoney(value: unknown): Problem[] {
  const problems = checkQuantity(value);
  if (problems.length > 0 || !fits(Quantity, value)) return problems;
  if (value.currency === undefined) {
    return [{ pointer: '/currency', code: 'required', detail: 'An amount of money has a currency.' }];
  }
  if (!('value' in value) || !value.value.startsWith('-')) return [];
  return [{ pointer: '/value', code: 'negative', detail: 'This amount of money cannot be negative.' }];
}

function measureProblems({ unit, currency }: Quantity): Problem[] {
  if ((unit === undefined) === (currency === undefined)) {
    return [{ pointer: '', code: 'unit-or-currency', detail: 'A quantity has either a unit or a currency.' }];
  }
  if (currency === undefined || currencies.has(currency)) return [];
  return [{ pointer: '/currency', code: 'currency-unknown', detail: 'This currency is not in ISO 4217.' }];
}

function isBelow(lower: string, upper: string): boolean {
  return Exact.sub(upper, lower).greaterThan(0);
}

const wording: Record<Qualifier, string> = {
  exact: '',
  approx: 'about ',
  moreThan: 'more than ',
  atLeast: 'at least ',
  lessThan: 'less than ',
  atMost: 'at most ',
  between: 'between ',
};

/** The quantity in English words with its qualifier and unit: "more than 100 person", "about 270000000000 CNY". */
export function describeQuantity(quantity: Quantity): string {
  const measured = quantity.currency ?? quantity.unit ?? '';
  return `${wording[quantity.qualifier]}${figures(quantity)} ${measured}`.trimEnd();
}

function figures(quantity: Quantity): string {
  if ('value' in quantity) return quantity.value;
  if (quantity.qualifier === 'between') return `${quantity.lower} and ${quantity.upper}`;
  return 'lower' in quantity ? quantity.lower : quantity.upper;
}
