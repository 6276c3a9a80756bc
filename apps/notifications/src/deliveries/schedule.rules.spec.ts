import { isTooOldToTell, maxAttempts, retryDelayMs, retryScheduleSeconds } from './schedule.rules';

describe('the retry schedule', () => {
  it('starts after five seconds and grows to a day', () => {
    const delays = Array.from({ length: maxAttempts }, (_, made) => retryDelayMs(made + 1, 1));
    expect(delays[0]).toBe(5_000);
    expect(delays.at(-2)).toBe(86_400_000);
    expect(delays.slice(0, -1)).toEqual([...delays.slice(0, -1)].sort((a, b) => Number(a) - Number(b)));
  });

  it('ends after the last attempt', () => {
    expect(retryDelayMs(retryScheduleSeconds.length, 1)).not.toBeNull();
    expect(retryDelayMs(maxAttempts, 1)).toBeNull();
  });

  it('is scaled as a whole', () => {
    expect(retryDelayMs(2, 0.001)).toBe(300);
    expect(retryDelayMs(2, 2)).toBe(600_000);
  });
});

describe('age of a message', () => {
  const now = new Date('2026-11-21T00:00:00Z');

  it.each([
    ['2026-11-20T23:59:59Z', false],
    ['2026-10-22T00:00:01Z', false],
    ['2026-10-21T00:00:00Z', true],
  ])('%s is too old: %s', (time, tooOld) => {
    expect(isTooOldToTell(time, now)).toBe(tooOld);
  });
});
