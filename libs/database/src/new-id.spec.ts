import { validate, version } from 'uuid';
import { newId } from './new-id';

describe('new ids', () => {
  const from = Date.now();
  const ids = Array.from({ length: 20_000 }, newId);
  const until = Date.now();

  it('are UUIDs of version 7, each another', () => {
    expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    // The part that no clock and no counter makes.
    expect(new Set(ids.map((id) => id.slice(-12))).size).toBe(ids.length);
  });

  it('sort as they were made, and say when', () => {
    expect(ids.toSorted()).toEqual(ids);
    const made = ids.map((id) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16));
    expect(made.every((time) => time >= from && time <= until)).toBe(true);
  });
});
