import { Problem } from './problem';
import { checkBody } from './validation';
import { decodeCursor, encodeCursor, pageOf, PageQuery, parseRef } from './paging';

const id = (n: number): string => `01890000-0000-7000-8000-00000000000${n}`;

describe('paging', () => {
  it('has a next cursor only when there was one row more', () => {
    const rows = [{ id: id(1) }, { id: id(2) }, { id: id(3) }];
    expect(pageOf(rows, 2)).toEqual({ items: rows.slice(0, 2), nextCursor: encodeCursor(id(2)) });
    expect(pageOf(rows, 3).nextCursor).toBeNull();
    expect(pageOf([], 3)).toEqual({ items: [], nextCursor: null });
  });

  it('takes back the cursors it gave out and no others', () => {
    expect(decodeCursor(encodeCursor(id(4)))).toBe(id(4));
    expect(() => decodeCursor('nonsense')).toThrow(Problem);
  });

  it.each(['0', '501', 'ten'])('refuses a limit of %s', (limit) => {
    expect(checkBody(PageQuery, { limit }).errors).toContainEqual(expect.objectContaining({ pointer: '/limit' }));
  });

  it('takes a limit as text, and 50 when none is given', () => {
    expect(checkBody(PageQuery, { limit: '500' }).value?.limit).toBe(500);
    expect(checkBody(PageQuery, {}).value?.limit).toBe(50);
  });

  it.each(['2020-W10-3', '2020-060', '0000-01-01', '2020-02-31T00:00:00Z', 'yesterday'])(
    'refuses changes since %s',
    (changedSince) => {
      const { errors } = checkBody(PageQuery, { changedSince });
      expect(errors).toContainEqual(expect.objectContaining({ pointer: '/changedSince' }));
    },
  );

  it.each([
    ['2020-09-03', '2020-09-03T00:00:00.000Z'],
    ['2020-09-03T10:00:00.123456+23:00', '2020-09-02T11:00:00.123Z'],
  ])('takes changes since %s as the instant %s', (changedSince, instant) => {
    expect(checkBody(PageQuery, { changedSince }).value?.changedSince).toBe(instant);
  });

  it('splits a ref at its first colon', () => {
    expect(parseRef('expo-a:urn:77')).toEqual({ system: 'expo-a', id: 'urn:77' });
  });
});
