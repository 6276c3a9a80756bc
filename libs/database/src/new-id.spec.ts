import { version } from 'uuid';
import { newId } from './new-id';

describe('an id', () => {
  it('is a UUIDv7 that sorts after all that were made before it, and begins with the time', () => {
    const begun = Date.now();
    const ids = Array.from({ length: 20_000 }, newId);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => version(id) === 7)).toBe(true);
    const time = Number.parseInt((ids[0] ?? '').replace('-', '').slice(0, 12), 16);
    expect(time).toBeGreaterThanOrEqual(begun);
    expect(time).toBeLessThanOrEqual(Date.now());
  });

  it('shares no randomness with others', () => {
    const tails = Array.from({ length: 2_000 }, () => newId().slice(-10));
    expect(new Set(tails).size).toBe(tails.length);
  });
});
