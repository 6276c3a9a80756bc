import { daysOf } from './event-days.rules';

const at = (local: string): { local: string; zone: string } => ({ local, zone: 'Asia/Seoul' });

describe('the days of an event', () => {
  it.each([
    ['2015-11-30', '2015-11-30', '2015-11-30'],
    ['2016', '2016-01-01', '2016-12-31'],
    ['2024-10-17/2024-10-19', '2024-10-17', '2024-10-19'],
    ['../2020-09-03', '-infinity', '2020-09-03'],
    ['2020-09-03/..', '2020-09-03', 'infinity'],
    ['2015?-11-30', '2015-11-30', '2015-11-30'],
    ['Y-17000', '-infinity', 'infinity'],
  ])('of %s go from %s to %s', (edtf, firstDay, lastDay) => {
    expect(daysOf({ date: { edtf } })).toEqual({ firstDay, lastDay });
  });

  it('are those of its place, not of Greenwich', () => {
    const times = { startsAt: at('2030-05-01T00:30'), endsAt: at('2030-05-02T00:30') };
    expect(daysOf(times)).toEqual({ firstDay: '2030-05-01', lastDay: '2030-05-02' });
    expect(daysOf({ startsAt: at('2030-05-01T00:30') })).toEqual({ firstDay: '2030-05-01', lastDay: '2030-05-01' });
  });

  it('begin when the programme does, where a date says less', () => {
    const may = { date: { edtf: '2030-05' }, startsAt: at('2030-05-04T09:00') };
    expect(daysOf(may)).toEqual({ firstDay: '2030-05-04', lastDay: '2030-05-31' });
  });

  it('are in no period where nobody knows them', () => {
    expect(daysOf({ date: null })).toEqual({ firstDay: 'infinity', lastDay: '-infinity' });
  });
});
