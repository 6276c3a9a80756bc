import { endBeforeStart } from './period.rules';

const at = (local: string, zone: string): { local: string; zone: string } => ({ local, zone });

describe('a period', () => {
  it('may not end before it begins, in whatever zones it is told', () => {
    const seoul = at('2030-05-01T09:00', 'Asia/Seoul');
    expect(endBeforeStart(seoul, at('2030-05-01T08:30', 'Asia/Shanghai'), '/endsAt')).toEqual([]);
    expect(endBeforeStart(seoul, at('2030-05-01T08:30', 'Asia/Seoul'), '/endsAt')).toEqual([
      expect.objectContaining({ pointer: '/endsAt', code: 'ends-before-start' }),
    ]);
  });

  it('may go over the hour that clocks show twice', () => {
    expect(
      endBeforeStart(at('2030-10-27T02:30', 'Europe/Paris'), at('2030-10-27T02:15', 'Europe/Paris'), ''),
    ).toHaveLength(1);
    expect(endBeforeStart(at('2030-10-27T02:30', 'Europe/Paris'), at('2030-10-27T01:40', 'UTC'), '')).toEqual([]);
  });

  it('may be open at either end', () => {
    expect(endBeforeStart(null, at('2030-05-01T08:30', 'Asia/Seoul'), '')).toEqual([]);
    expect(endBeforeStart(at('2030-05-01T08:30', 'Asia/Seoul'), undefined, '')).toEqual([]);
  });
});
