import { type FaultKind, scheduleOf } from './schedule';

const kinds = (seed: number, seconds: number): FaultKind[] => scheduleOf(seed, seconds).map(({ kind }) => kind);

describe('a schedule of faults', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(scheduleOf(7, 60)).toEqual(scheduleOf(7, 60));
    expect(scheduleOf(7, 60)).not.toEqual(scheduleOf(8, 60));
  });

  it('goes on in the same way when it lasts longer', () => {
    const short = scheduleOf(7, 20);
    expect(scheduleOf(7, 40).slice(0, short.length)).toEqual(short);
  });

  it.each([1, 2, 3, 4, 5])('with seed %i has every kind of fault within three quarters of a minute', (seed) => {
    expect(new Set(kinds(seed, 45))).toEqual(
      new Set([
        'kill-instances',
        'kill-relay-owner',
        'kill-broker',
        'kill-postgres',
        'kill-together',
        'cut-kafka',
        'cut-postgres',
        'delay-kafka',
        'delay-postgres',
        'lose-acknowledgements',
        'lose-commit-answers',
        'freeze-relay-owner',
      ]),
    );
  });

  it('kills one, several, and both instances of one service', () => {
    const killed = scheduleOf(7, 600).flatMap((fault) => (fault.kind === 'kill-instances' ? [fault.instances] : []));
    expect(new Set(killed.map(({ length }) => length))).toEqual(new Set([1, 2, 3, 4]));
    expect(killed).toContainEqual(['events-a', 'events-b']);
  });

  it('ends in time, in the order of time', () => {
    const times = scheduleOf(3, 45).map(({ atMs }) => atMs);
    expect(times).toEqual([...times].sort((one, other) => one - other));
    expect(times.at(-1)).toBeLessThan(45_000);
  });
});
