import { moveBetween, nextOrdinal, cloned, eventFates } from './event-clone.rules';

const at = (local: string, zone = 'Asia/Seoul'): { local: string; zone: string } => ({ local, zone });

describe('moving a programme', () => {
  it('goes by days, and keeps the time of the day', () => {
    const move = moveBetween(at('2024-02-28T09:00'), at('2025-02-27T10:00'));
    expect(move?.(at('2024-02-29T14:00'))).toEqual(at('2025-02-28T14:00'));
    expect(move?.(at('2024-03-01T00:00:30'))).toEqual(at('2025-03-01T00:00:30'));
  });

  it('follows the event into its new zone, and leaves alone what was told in another', () => {
    const move = moveBetween(at('2024-10-01T09:00'), at('2025-10-01T09:00', 'Asia/Shanghai'));
    expect(move?.(at('2024-10-02T09:00'))).toEqual(at('2025-10-02T09:00', 'Asia/Shanghai'));
    expect(move?.(at('2024-10-02T09:00', 'UTC'))).toEqual(at('2025-10-02T09:00', 'UTC'));
  });

  it('keeps the time on the clock where that day has an hour more', () => {
    const move = moveBetween(at('2024-10-26T09:00', 'Europe/Paris'), at('2025-10-25T09:00', 'Europe/Paris'));
    expect(move?.(at('2024-10-27T09:00', 'Europe/Paris'))).toEqual(at('2025-10-26T09:00', 'Europe/Paris'));
  });

  it('is not done where one of the days is not known', () => {
    expect(moveBetween(null, at('2025-10-01T09:00'))).toBeUndefined();
    expect(moveBetween(at('2025-10-01T09:00'), undefined)).toBeUndefined();
  });
});

describe('what is cloned', () => {
  it('says nothing of who said it, and takes no language for that', () => {
    const names = { original: 'en', texts: { en: 'Forum', because: 'a tag of seven letters' } };
    const name = { original: 'en', texts: { en: 'Ministry' } };
    const marks = { sources: [], certainty: 'inferred' as const, because: 'it was so in the report' };
    const hosts = { completeness: 'exhaustive' as const, items: [{ name, role: 'host', ...marks }] };
    expect(cloned({ kind: 'forum', names, hosts, ...marks }, eventFates, ['hosts'], undefined)).toEqual({
      kind: 'forum',
      names,
      hosts: { completeness: 'exhaustive', items: [{ name, role: 'host' }] },
    });
  });

  it('has the next ordinal, where there was one', () => {
    expect([nextOrdinal(24), nextOrdinal(null), nextOrdinal(undefined)]).toEqual([25, undefined, undefined]);
  });
});
