import { type Answered, FormBook, type FormVersion, noForms } from './form-book.rules';

const version = (number: number, category: string | null): FormVersion => ({
  version: number,
  category,
  check: () => [{ pointer: `/answers/v${number}`, code: 'required', detail: '' }],
});
const book = new FormBook([version(1, null), version(2, 'press'), version(3, null), version(4, 'press')]);
const asked = (changes: Partial<Answered> = {}): Answered => ({
  category: 'buyer',
  answers: { diet: 'fish' },
  formVersion: null,
  historical: false,
  ...changes,
});
const checkedBy = (one: Answered, before?: Answered, of = book): string | undefined =>
  of.problemsOf({ ...one, formVersion: of.versionOf(one, before) }, before)[0]?.pointer;

describe('the form that answers are checked against', () => {
  it('is the newest of the category, or else of the event', () => {
    expect([book.versionOf(asked()), book.versionOf(asked({ category: 'press' }))]).toEqual([3, 4]);
    expect([checkedBy(asked()), checkedBy(asked({ category: 'press' }))]).toEqual(['/answers/v3', '/answers/v4']);
  });

  it('is an earlier one where that was named, and one that the category has', () => {
    expect(checkedBy(asked({ formVersion: 1 }))).toBe('/answers/v1');
    expect(checkedBy(asked({ category: 'press', formVersion: 2 }))).toBe('/answers/v2');
    expect(checkedBy(asked({ formVersion: 2 }))).toBe('/formVersion');
    expect(checkedBy(asked({ formVersion: 9 }))).toBe('/formVersion');
    expect(checkedBy(asked({ category: 'press', formVersion: 3 }))).toBe('/formVersion');
  });

  it('is none for history that names none', () => {
    expect([book.versionOf(asked({ historical: true })), checkedBy(asked({ historical: true }))]).toEqual([
      null,
      undefined,
    ]);
    expect(checkedBy(asked({ historical: true, formVersion: 1 }))).toBe('/answers/v1');
  });

  it('is not asked again for answers that stay as they were, but for others and for another category', () => {
    const before = asked({ formVersion: 1 });
    expect([book.versionOf(asked(), before), checkedBy(asked(), before)]).toEqual([1, undefined]);
    expect(checkedBy({ ...before, answers: {} }, before)).toBe('/answers/v1');
    expect(checkedBy(asked({ formVersion: 3 }), before)).toBe('/answers/v3');
    expect(
      checkedBy(
        { ...asked({ category: 'press', formVersion: 2 }), category: 'buyer' },
        asked({ category: 'press', formVersion: 2 }),
      ),
    ).toBe('/answers/v3');
  });

  it('is whatever was said where there is no form', () => {
    expect([
      noForms.versionOf(asked({ formVersion: 7 })),
      checkedBy(asked({ formVersion: 7 }), undefined, noForms),
    ]).toEqual([7, undefined]);
    const onlyPress = new FormBook([version(1, 'press')]);
    expect(checkedBy(asked({ formVersion: 7 }), undefined, onlyPress)).toBeUndefined();
  });
});
