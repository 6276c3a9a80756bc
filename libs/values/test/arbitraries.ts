import fc from 'fast-check';
import { type LocalizedText, type PartialDate, type Quantity, type ScheduledTime } from '../src';

const digits = (most: number) => fc.bigInt({ min: 0n, max: 10n ** BigInt(most) }).map(String);

/** Not negative, up to 26 digits before the point and 6 behind it. */
const decimal = fc.oneof(
  digits(20),
  fc.tuple(digits(26), fc.integer({ min: 0, max: 999_999 })).map(([whole, part]) => `${whole}.${part}`),
);

const positive = decimal.filter((text) => /[1-9]/.test(text));

const measure = fc.oneof(
  fc.constantFrom('person', 'project', 'enterprise').map((unit) => ({ unit })),
  fc.constantFrom('CNY', 'KRW', 'JPY', 'USD').map((currency) => ({ currency })),
);

const size = fc.oneof(
  fc.tuple(fc.constantFrom('exact', 'approx'), decimal).map(([qualifier, value]) => ({ qualifier, value })),
  decimal.map((lower) => ({ qualifier: 'moreThan', lower, inclusive: false })),
  decimal.map((lower) => ({ qualifier: 'atLeast', lower, inclusive: true })),
  positive.map((upper) => ({ qualifier: 'lessThan', upper, inclusive: false })),
  decimal.map((upper) => ({ qualifier: 'atMost', upper, inclusive: true })),
  fc.tuple(digits(20), fc.integer({ min: 1, max: 1_000_000 }), fc.boolean()).map(([lower, more, inclusive]) => ({
    qualifier: 'between',
    lower,
    upper: String(BigInt(lower) + BigInt(more)),
    inclusive,
  })),
);

export const quantity = fc.tuple(size, measure).map(([figures, measured]) => ({ ...figures, ...measured }) as Quantity);

const day = fc
  .date({ min: new Date('1000-01-01'), max: new Date('9998-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

/** Of a year, a month or a day. */
const precision = fc.constantFrom(4, 7, 10);

const moment = fc.tuple(day, precision).map(([date, length]) => date.slice(0, length));

const interval = fc
  .tuple(day, day, precision)
  .map(([one, other, length]) => [one.slice(0, length), other.slice(0, length)].sort().join('/'));

export const partialDate: fc.Arbitrary<PartialDate> = fc
  .oneof(
    moment,
    fc.tuple(moment, fc.constantFrom('?', '~', '%')).map((parts) => parts.join('')),
    day.map((date) => date.replace('-', '?-')),
    moment.map((date) => `../${date}`),
    moment.map((date) => `${date}/..`),
    interval,
  )
  .map((edtf) => ({ edtf }));

export const scheduledTime: fc.Arbitrary<ScheduledTime> = fc
  .tuple(
    fc.date({ min: new Date('0001-02-01'), max: new Date('9999-12-30'), noInvalidDate: true }),
    fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
  )
  .map(([date, zone]) => ({ local: date.toISOString().slice(0, 19), zone }));

export const localizedText: fc.Arbitrary<LocalizedText> = fc
  .uniqueArray(fc.constantFrom('zh', 'zh-Hant', 'zh-Hant-HK', 'ko', 'ja', 'en', 'en-GB'), { minLength: 1 })
  .chain((tags) =>
    fc.record({
      original: fc.constantFrom(...tags),
      texts: fc.constant(Object.fromEntries(tags.map((tag) => [tag, `in ${tag}`]))),
    }),
  );
