import { type LocalizedText } from '@expo-accord/values';
import { type Asked, best, judge, type Judgement, type NamedEvent } from './fulfilment.rules';

const en = (text: string): LocalizedText => ({ original: 'en', texts: { en: text } });
const nowhere = { hall: null, hotel: null, city: null, province: null, economy: null };
const series = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6c';

const second: NamedEvent = {
  status: 'closed',
  seriesId: series,
  ordinal: 2,
  date: { edtf: '2016-11-30' },
  startsAt: null,
  venue: { ...nowhere, city: en('Weihai'), economy: 'CN' },
};
const asked: Required<Asked> & { expects: object } = {
  due: { edtf: '2016' },
  expects: { kind: 'eventHeld', seriesId: series, ordinal: 2, economy: 'CN' },
};
const judged = (event: Partial<NamedEvent>, more: Partial<Asked> = {}): Judgement | null =>
  judge({ ...asked, ...more }, { ...second, ...event });
const startsAt = (local: string): Partial<NamedEvent> => ({ startsAt: { local, zone: 'Asia/Shanghai' } });

describe('a commitment to hold an event', () => {
  it.each([
    ['on a day of the year', {}],
    ['some time in it', { date: { edtf: '2016' } }],
    ['on its last evening, by the clock of the place', startsAt('2016-12-31T23:00')],
    ['before the year began', { date: { edtf: '2015-12' } }],
  ])('for 2016 in China is met by the second meeting there, held %s', (_, event) => {
    expect(judged(event)).toEqual({ outcome: 'met' });
  });

  it.each<[string, Partial<NamedEvent>, string]>([
    ['late', { date: { edtf: '2017-01' } }, 'It was held late: 2017-01, and was due 2016.'],
    ['late by its clock', startsAt('2017-01-01T00:00'), 'It was held late: 2017-01-01, and was due 2016.'],
    ['elsewhere', { venue: { ...nowhere, economy: 'KR' } }, 'It was held elsewhere: in KR, not in CN.'],
    ['as another number', { ordinal: 3 }, 'It is number 3 of its series, not 2.'],
    ['in another series', { seriesId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6d' }, 'It is of another series.'],
  ])('is partially met by one held %s, with what differs', (_, event, differs) => {
    expect(judged(event)).toEqual({ outcome: 'partiallyMet', differs });
  });

  it('says all that differs, and what is not known besides', () => {
    expect(judged({ date: { edtf: '2018' }, ordinal: 3, venue: null })).toEqual({
      outcome: 'partiallyMet',
      differs: 'It was held late: 2018, and was due 2016. It is number 3 of its series, not 2.',
      note: 'In which economy it was held is not known; CN was agreed.',
    });
  });

  it.each<[string, Partial<NamedEvent>]>([
    ['when', { date: null }],
    ['exactly enough when', { date: { edtf: '2016-12-01/2017-01-31' } }],
    ['where', { venue: null }],
    ['of which series', { seriesId: null }],
    ['as which of its series', { ordinal: null }],
  ])('is neither met nor missed as long as nobody knows %s it was held', (_, event) => {
    expect(judged(event)).toMatchObject({ outcome: 'noEvidence', note: expect.any(String) as string });
  });

  it('knows a place by any of its names, and takes no other name for another place', () => {
    const expects = { kind: 'eventHeld', place: { original: 'zh', texts: { zh: '威海', en: 'WEIHAI' } } };
    expect(judged({}, { expects })).toEqual({ outcome: 'met' });
    expect(judged({ venue: { ...nowhere, city: en('Wei-hai-wei') } }, { expects })).toMatchObject({
      outcome: 'noEvidence',
    });
  });

  it('keeps the doubt that the date has', () => {
    expect(judged({ date: { edtf: '2016?-11-30' } })).toEqual({ outcome: 'met', doubtful: true });
    expect(judged({ date: { edtf: '2016?' }, ...startsAt('2016-11-30T09:00') })).toEqual({ outcome: 'met' });
  });

  it('has no end that could be missed, where none was agreed', () => {
    expect(judged({ date: null }, { due: null })).toEqual({ outcome: 'met' });
    expect(judged({ date: { edtf: '2030' } }, { due: { edtf: '2016/..' } })).toEqual({ outcome: 'met' });
  });

  it.each(['published', 'open', 'ongoing', 'planned', 'postponed', 'cancelled'])(
    'is not judged by one that is %s',
    (status) => {
      expect(judged({ status })).toBeNull();
    },
  );

  it('is the only one that an event can meet', () => {
    expect(judged({}, { expects: { kind: 'agreementSigned' } })).toBeNull();
    expect(judged({}, { expects: null })).toBeNull();
  });
});

describe('of several events', () => {
  const of = (...outcomes: Judgement['outcome'][]) => outcomes.map((outcome, at) => ({ at, judgement: { outcome } }));

  it('the one counts that says most in favour, and of equals the first', () => {
    expect(best(of('noEvidence', 'partiallyMet', 'met', 'met'))?.at).toBe(2);
    expect(best(of('noEvidence', 'partiallyMet'))?.at).toBe(1);
    expect(best(of())).toBeUndefined();
  });
});
