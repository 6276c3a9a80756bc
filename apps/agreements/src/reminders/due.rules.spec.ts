import { deadlineOf, dueSoonAtOf, dueStateAt, isDueBefore, remindersOf } from './due.rules';

const SEOUL = 'Asia/Seoul';

describe('a due date', () => {
  it.each([
    ['2020-08-01/2020-12-31', SEOUL, '2020-12-31', '2020-12-31T15:00:00.000Z'],
    ['2016', SEOUL, '2016-12-31', '2016-12-31T15:00:00.000Z'],
    ['2016', 'UTC', '2016-12-31', '2017-01-01T00:00:00.000Z'],
    ['2016', 'America/New_York', '2016-12-31', '2017-01-01T05:00:00.000Z'],
    ['2024-02', SEOUL, '2024-02-29', '2024-02-29T15:00:00.000Z'],
    ['2023-02?', SEOUL, '2023-02-28', '2023-02-28T15:00:00.000Z'],
    ['2021~', SEOUL, '2021-12-31', '2021-12-31T15:00:00.000Z'],
    ['../2025-06-30', SEOUL, '2025-06-30', '2025-06-30T15:00:00.000Z'],
    ['[2020, 2021]', SEOUL, '2021-12-31', '2021-12-31T15:00:00.000Z'],
    ['2020-08-01T10:00:00+09:00', 'UTC', '2020-08-01', '2020-08-01T01:00:00.000Z'],
    ['2020-08-01T10:00:00', SEOUL, '2020-08-01', '2020-08-01T01:00:00.000Z'],
    // Where clocks skip midnight, the day begins at one o'clock.
    ['2018-11-03', 'America/Sao_Paulo', '2018-11-03', '2018-11-04T03:00:00.000Z'],
  ])('%s in %s is over after %s, at %s', (edtf, zone, dueOn, dueAt) => {
    expect(deadlineOf({ edtf }, zone)).toEqual({ dueOn, dueAt: new Date(dueAt) });
  });

  it.each(['2020/..', 'Y17000', '9999'])('%s is never over', (edtf) => {
    expect(deadlineOf({ edtf }, SEOUL)).toBeNull();
  });

  it('is unknown where there is none', () => {
    expect(deadlineOf(null, SEOUL)).toBeNull();
  });

  it('lies before the signing only where that is certain', () => {
    expect(isDueBefore({ edtf: '2019' }, { edtf: '2020-09-03' })).toBe(true);
    expect(isDueBefore({ edtf: '2020' }, { edtf: '2020-09-03' })).toBe(false);
    expect(isDueBefore({ edtf: '2019' }, { edtf: '../2020-09-03' })).toBe(false);
    expect(isDueBefore({ edtf: '2020-09-03' }, { edtf: '2020-09-03' })).toBe(false);
    expect(isDueBefore(null, { edtf: '2020' })).toBe(false);
    expect(isDueBefore({ edtf: '2020' }, null)).toBe(false);
  });
});

describe('what is due', () => {
  const deadline = { dueOn: '2020-12-31', dueAt: new Date('2020-12-31T15:00:00Z') };

  it('is told at each lead time and when it is late, the earliest first, and no time twice', () => {
    expect(remindersOf(deadline, [7, 30, 7])).toEqual([
      { leadDays: 30, at: new Date('2020-12-01T15:00:00Z') },
      { leadDays: 7, at: new Date('2020-12-24T15:00:00Z') },
      { leadDays: 0, at: new Date('2020-12-31T15:00:00Z') },
    ]);
  });

  it('is due soon from its longest lead time on, and overdue from its end on', () => {
    const times = { ...deadline, dueSoonAt: dueSoonAtOf(deadline, [7, 30]) };
    const at = (instant: string) => dueStateAt(new Date(instant), times);
    expect(at('2020-12-01T14:59:59.999Z')).toBe('upcoming');
    expect(at('2020-12-01T15:00:00Z')).toBe('dueSoon');
    expect(at('2020-12-31T14:59:59.999Z')).toBe('dueSoon');
    expect(at('2020-12-31T15:00:00Z')).toBe('overdue');
  });

  it('without lead times is never due soon', () => {
    expect(dueSoonAtOf(deadline, [])).toEqual(deadline.dueAt);
  });
});
