import { eventEntry, pickerFor, sessionEntry, spanOf, statusInCalendar } from './calendar.rules';

const en = (text: string): { original: string; texts: Record<string, string> } => ({
  original: 'en',
  texts: { en: text },
});
const day = (text: string): Date => new Date(`${text}T00:00:00Z`);

describe('what a calendar shows', () => {
  it('is at its time, told in its zone', () => {
    const times = {
      startsAt: { local: '2030-07-01T09:00', zone: 'Europe/Paris' },
      endsAt: { local: '2030-12-01T09:00', zone: 'Europe/Paris' },
      date: { edtf: '2030' },
    };
    const start = new Date('2030-07-01T07:00:00Z');
    expect(spanOf(times)).toEqual({ start, end: new Date('2030-12-01T08:00:00Z'), allDay: false });
  });

  it.each([
    ['2024-10-17', '2024-10-17', '2024-10-18'],
    ['2015?-11-30', '2015-11-30', '2015-12-01'],
    ['2024-10-17/2024-10-19', '2024-10-17', '2024-10-20'],
  ])('lasts all day where only %s is known', (edtf, first, behindLast) => {
    expect(spanOf({ date: { edtf } })).toEqual({ start: day(first), end: day(behindLast), allDay: true });
  });

  it.each(['2016', '2016-05', '../2020-09-03', '2020-09-03/..', '2020-21', '[2020-01-01,2020-01-02]'])(
    'is not there where only %s is known',
    (edtf) => {
      expect(spanOf({ date: { edtf } })).toBeUndefined();
    },
  );

  it('is tentative as long as it is planned or put off', () => {
    const shown = (['planned', 'postponed', 'cancelled', 'published', 'closed'] as const).map(statusInCalendar);
    expect(shown).toEqual(['TENTATIVE', 'TENTATIVE', 'CANCELLED', 'CONFIRMED', 'CONFIRMED']);
  });

  it('is told in the language of the reader, and where', () => {
    const languages = new Set<string>();
    const event = {
      names: { original: 'zh', texts: { zh: '论坛', ko: '포럼' } },
      kind: 'forum',
      theme: en('Together'),
      description: en('For all'),
      date: { edtf: '2030-05-01' },
      venue: { hall: en('Hall 1'), city: { original: 'ko', texts: { ko: '서울' } }, economy: 'KR' },
    };
    const pick = pickerFor('ko', languages);
    expect(eventEntry(event, pick)).toMatchObject({
      summary: '포럼',
      description: 'Together\n\nFor all',
      location: 'Hall 1, 서울, KR',
    });
    expect([...languages].sort()).toEqual(['en', 'ko']);
    const session = { names: en('Panel'), kind: 'panel', room: en('Room 2'), date: { edtf: '2030-05-01' } };
    expect(sessionEntry(session, event, pick)).toMatchObject({
      location: 'Room 2, Hall 1, 서울, KR',
      description: null,
    });
  });
});
