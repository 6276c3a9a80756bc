import { type DatedFacts, datesOutOfOrder } from './agreement-dates.rules';

const wrong = (facts: Partial<DatedFacts>): string[] =>
  datesOutOfOrder({ parties: { items: [] }, ...facts }).map(({ pointer }) => pointer);
const on = (edtf: string): { edtf: string } => ({ edtf });

it.each<[string, Partial<DatedFacts>]>([
  ['that follow each other', { agreedOn: on('2015-06-01'), signedOn: on('2015-06-01'), inForceOn: on('2015-12-20') }],
  ['of which hardly anything is known', { agreedOn: on('2015'), signedOn: on('2015-03'), inForceOn: on('2015') }],
  ['that are open at an end', { signedOn: on('../2020-09-03'), inForceOn: on('2019'), endedOn: on('2018/..') }],
  ['that are unknown', { signedOn: null, inForceOn: on('2015') }],
  [
    'of a signature by one party before the other signed',
    { signedOn: on('2020'), parties: { items: [{ consents: [{ kind: 'signed', on: on('2019') }] }] } },
  ],
])('takes dates %s', (_what, facts) => {
  expect(wrong(facts)).toEqual([]);
});

it.each<[string, Partial<DatedFacts>, string[]]>([
  ['in force before the signing', { signedOn: on('2016-02'), inForceOn: on('2016-01') }, ['/inForceOn']],
  ['signed before it was agreed', { agreedOn: on('2017'), signedOn: on('2016-12-31') }, ['/signedOn']],
  ['ended before it began', { inForceOn: on('2017'), endedOn: on('../2016') }, ['/endedOn']],
  [
    'each before the one before',
    { agreedOn: on('2018'), signedOn: on('2017'), inForceOn: on('2016') },
    ['/signedOn', '/inForceOn'],
  ],
  [
    'ratified before the signing',
    { signedOn: on('2016'), parties: { items: [{}, { consents: [{ kind: 'ratified', on: on('2015') }] }] } },
    ['/parties/items/1/consents/0/on'],
  ],
  [
    'taken back before it was given',
    { parties: { items: [{ consents: [{ kind: 'ratified', on: on('2016'), withdrawal: { on: on('2015') } }] }] } },
    ['/parties/items/0/consents/0/withdrawal/on'],
  ],
])('points to what is %s', (_what, facts, pointers) => {
  expect(wrong(facts)).toEqual(pointers);
});
