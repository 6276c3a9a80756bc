import { differences } from './recorder';

describe('comparing what was entered with what came back', () => {
  it('accepts an answer that says more', () => {
    expect(differences({ a: { b: ['x'] } }, { id: '1', a: { b: ['x'], display: 'x' } })).toEqual([]);
  });

  it.each([
    ['a changed word', { a: 'more than 100' }, { a: '100' }, ['/a: "more than 100" was entered, the answer has "100"']],
    ['a missing field', { a: { b: 1 } }, { a: {} }, ['/a/b: 1 was entered, the answer has undefined']],
    ['a lost item', { a: [1, 2] }, { a: [1] }, ['/a: 2 items were entered, the answer has [1]']],
    ['a flattened object', { a: { b: 1 } }, { a: 'b' }, ['/a: an object was entered, the answer has "b"']],
  ])('names %s by its path', (_what, entered, answered, expected) => {
    expect(differences(entered, answered)).toEqual(expected);
  });
});
