import { mergePatch } from './merge-patch';

describe('a JSON merge patch', () => {
  it('replaces values, merges objects, clears by null and leaves the rest', () => {
    const current = { title: 'a', place: { city: 'X', hall: 'H1' }, tags: ['a', 'b'] };
    expect(mergePatch(current, { title: null, place: { hall: 'H2' }, tags: ['c'] })).toEqual({
      place: { city: 'X', hall: 'H2' },
      tags: ['c'],
    });
  });

  it('changes neither argument', () => {
    const current = { place: { city: 'X' } };
    mergePatch(current, { place: { city: null } });
    expect(current).toEqual({ place: { city: 'X' } });
  });

  it('cannot reach a prototype', () => {
    const patched = mergePatch<Record<string, unknown>>({}, JSON.parse('{"__proto__":{"admin":true}}'));
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    expect(patched['admin']).toBeUndefined();
  });
});
