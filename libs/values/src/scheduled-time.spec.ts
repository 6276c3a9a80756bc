import { checkScheduledTime, dayIn, instantOf } from '.';
import fc from 'fast-check';
import { scheduledTime } from '../test/arbitraries';

const codesOf = (value: unknown) => checkScheduledTime(value).map(({ pointer, code }) => `${pointer} ${code}`);

describe('a scheduled time', () => {
  it.each<[string, string, string]>([
    ['2020-09-03T14:00', 'Asia/Shanghai', '2020-09-03T06:00:00.000Z'],
    ['2015-11-30T09:30:15', 'Asia/Seoul', '2015-11-30T00:30:15.000Z'],
    ['2024-07-01T12:00', 'Europe/Paris', '2024-07-01T10:00:00.000Z'],
    ['2024-01-01T00:00', 'UTC', '2024-01-01T00:00:00.000Z'],
    ['2024-12-31T23:30', 'America/St_Johns', '2025-01-01T03:00:00.000Z'],
    ['2024-06-01T00:00', 'Pacific/Kiritimati', '2024-05-31T10:00:00.000Z'],
    ['0050-01-01T12:00', 'Etc/GMT-9', '0050-01-01T03:00:00.000Z'],
  ])('%s in %s is the instant %s', (local, zone, instant) => {
    expect(instantOf({ local, zone })).toBe(instant);
  });

  it('takes the first of two times that clocks show twice', () => {
    expect(instantOf({ local: '2024-10-27T02:30', zone: 'Europe/Paris' })).toBe('2024-10-27T00:30:00.000Z');
  });

  it('counts on where clocks skip the time', () => {
    expect(instantOf({ local: '2024-03-31T02:30', zone: 'Europe/Paris' })).toBe('2024-03-31T01:30:00.000Z');
    expect(instantOf({ local: '2011-12-30T12:00', zone: 'Pacific/Apia' })).toBe('2011-12-30T22:00:00.000Z');
  });

  it.each<[string, unknown, string[]]>([
    ['a day that does not exist', { local: '2023-02-29T09:00', zone: 'Asia/Seoul' }, ['/local time-not-real']],
    ['a year that does not exist', { local: '0000-02-28T09:00', zone: 'UTC' }, ['/local time-not-real']],
    ['an hour that does not exist', { local: '2023-02-28T24:00', zone: 'Asia/Seoul' }, ['/local time-not-real']],
    ['a zone nobody keeps', { local: '2023-02-28T09:00', zone: 'Asia/Busan' }, ['/zone zone-unknown']],
    ['an offset for a zone', { local: '2023-02-28T09:00', zone: '+09:00' }, ['/zone malformed']],
    ['an instant for a local time', { local: '2023-02-28T09:00Z', zone: 'Asia/Seoul' }, ['/local malformed']],
  ])('refuses %s', (_what, value, expected) => {
    expect(codesOf(value)).toEqual(expected);
  });

  it('has no instant where it is not real', () => {
    expect(() => instantOf({ local: '2023-02-29T09:00', zone: 'Asia/Seoul' })).toThrow(RangeError);
  });
});

describe('any scheduled time', () => {
  it('is shown by clocks in its zone at its instant, or is one that they skip', () => {
    fc.assert(
      fc.property(scheduledTime, (any) => {
        expect(checkScheduledTime(any)).toEqual([]);
        const shown = shownIn(any.zone, instantOf(any));
        // Skipped: an hour at most, but for zones that changed sides of the date line or left local mean time.
        if (shown !== any.local) expect(shown > any.local).toBe(true);
      }),
    );
  });

  function shownIn(zone: string, instant: string): string {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    }).formatToParts(new Date(instant));
    const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
    const date = `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
    return `${date}T${part('hour')}:${part('minute')}:${part('second')}`;
  }
});

it.each([
  ['Asia/Seoul', '2020-12-31T14:59:59.999Z', '2020-12-31'],
  ['Asia/Seoul', '2020-12-31T15:00:00Z', '2021-01-01'],
  ['Pacific/Honolulu', '2021-01-01T09:59:59Z', '2020-12-31'],
  ['UTC', '2021-01-01T00:00:00Z', '2021-01-01'],
])('in %s it is at %s the day %s', (zone, instant, day) => {
  expect(dayIn(zone, new Date(instant))).toBe(day);
});
