import { checkPersonName, searchKeyOf, searchKeysOf, type PersonName } from '.';
import fc from 'fast-check';

const codesOf = (value: unknown) => checkPersonName(value).map(({ pointer, code }) => `${pointer} ${code}`);

const minsu: PersonName = {
  texts: { zh: '金民洙', ko: '김민수', en: 'Kim Min-su' },
  order: 'familyFirst',
  orderByTag: { en: 'familyFirst' },
  romanized: 'Kim Min-su',
};

describe("a person's name", () => {
  it('is kept as written in each script', () => {
    expect([minsu, { texts: { zh: '毛泽东' }, order: 'familyFirst' }].map(codesOf)).toEqual([[], []]);
  });

  it.each<[string, unknown, string[]]>([
    ['no order', { texts: { ko: '김민수' } }, ['/order required']],
    [
      'an order for a name that is not there',
      { ...minsu, orderByTag: { ja: 'givenFirst' } },
      ['/orderByTag/ja text-missing'],
    ],
    ['parts of a name', { ...minsu, familyName: 'Kim' }, ['/familyName unknown-field']],
    ['no name', { texts: {}, order: 'familyFirst' }, ['/texts malformed']],
  ])('refuses %s', (_what, value, expected) => {
    expect(codesOf(value)).toEqual(expected);
  });

  it.each([
    '金民洙',
    '김민수',
    'kim min-su',
    'KIM MINSU',
    'Ｋｉｍ　Ｍｉｎ－ｓｕ',
    'Kim Min‐su',
    '김민수'.normalize('NFD'),
  ])('is found by %s', (query) => {
    const folded = searchKeyOf(query);
    expect([folded, folded.replaceAll(' ', '')].some((key) => searchKeysOf(minsu).includes(key))).toBe(true);
  });

  it('folds the accents of Latin letters, but not what makes another letter in Japanese', () => {
    expect(searchKeyOf('Kim Min-sŏng')).toBe('kim min song');
    expect(searchKeyOf('ガ')).not.toBe(searchKeyOf('カ'));
    expect(searchKeyOf('ｶﾞ')).toBe('ガ');
  });

  it('gives each key once and never turns a name round', () => {
    expect(searchKeysOf(minsu)).toEqual(['金民洙', '김민수', 'kim min su', 'kimminsu']);
  });
});

describe('any text, as search folds it', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...Array.from('Kim-민수洙ガｶﾞﾊŏÉß İǅﬁ①．・')) }),
  );

  it('is not changed by folding it again', () => {
    fc.assert(
      fc.property(text, (any) => {
        expect(searchKeyOf(searchKeyOf(any))).toBe(searchKeyOf(any));
      }),
      { numRuns: 1_000 },
    );
  });

  it('is found however it was composed', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('NFC', 'NFD', 'NFKC', 'NFKD'), (any, form) => {
        expect(searchKeyOf(any.normalize(form))).toBe(searchKeyOf(any));
      }),
      { numRuns: 1_000 },
    );
  });
});
