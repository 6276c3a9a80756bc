import {
  checkEconomy,
  checkExternalRef,
  checkLanguageTag,
  fits,
  Instant,
  partialList,
  plainSchema,
  Quantity,
  shapeProblems,
  Uuid,
} from '.';

describe('an economy', () => {
  it.each(['CN', 'KR', 'JP', 'HK', 'TW', 'MN', 'RU', 'NZ'])('%s exists', (code) => {
    expect(checkEconomy(code)).toEqual([]);
  });

  it.each(['KO', 'UK', 'ZZ', 'QX', 'cn', 'KOR', '', null])('%s is refused', (code) => {
    expect(checkEconomy(code)).toHaveLength(1);
  });
});

describe('a language', () => {
  it.each(['zh', 'zh-Hant-HK', 'ko', 'en-GB', 'es-419', 'sr-Latn', 'ltc', 'und', 'qaa'])('%s exists', (tag) => {
    expect(checkLanguageTag(tag)).toEqual([]);
  });

  it.each(['xx', 'english', 'zzz', 'fr-XX', 'zh-Abcd', 'en-x', 'z', '', null])('%s is refused', (tag) => {
    expect(checkLanguageTag(tag)).toHaveLength(1);
  });
});

describe('an external reference', () => {
  it('takes any id, but no system that `?ref=system:id` could not tell from it', () => {
    expect(checkExternalRef({ system: 'expo-a', id: 'A:77/b' })).toEqual([]);
    expect(checkExternalRef({ system: 'expo:a', id: '77' })).toEqual([expect.objectContaining({ pointer: '/system' })]);
    expect(checkExternalRef({ system: 'expo-a', id: '' })).toEqual([expect.objectContaining({ code: 'too-short' })]);
  });
});

describe('scalars', () => {
  it('take UUIDs in lower case and instants with an offset', () => {
    expect(fits(Uuid, '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b')).toBe(true);
    expect(fits(Uuid, '0192A3C4-5B6D-7E8F-9A0B-1C2D3E4F5A6B')).toBe(false);
    expect(fits(Instant, '2024-10-17T02:00:00.000Z')).toBe(true);
    expect(fits(Instant, '2024-10-17T02:00:00')).toBe(false);
    expect(fits(Instant, '2024-13-17T02:00:00Z')).toBe(false);
  });
});

describe('a list that may be partial', () => {
  const cities = partialList(Uuid);

  it('says whether it is, and how many there are', () => {
    const six = { items: [], completeness: 'illustrative', count: { qualifier: 'exact', value: '6', unit: 'city' } };
    expect(shapeProblems(cities, six)).toEqual([]);
    expect(shapeProblems(cities, { items: [] })).toEqual([
      expect.objectContaining({ pointer: '/completeness', code: 'required' }),
    ]);
  });
});

describe('schemas', () => {
  it('are plain JSON Schema for whoever reads them', () => {
    const plain = plainSchema(Quantity);
    expect(Object.getOwnPropertySymbols(plain)).toEqual([]);
    expect(plain).toEqual(JSON.parse(JSON.stringify(Quantity)));
    expect(plain).toMatchObject({
      anyOf: expect.arrayContaining([expect.objectContaining({ type: 'object' })]) as unknown,
    });
  });

  it('report the alternative of a union that comes closest', () => {
    const problems = shapeProblems(Quantity, { qualifier: 'atLeast', lower: 5, unit: 'person' });
    expect(problems).toEqual([expect.objectContaining({ pointer: '/lower', code: 'malformed' })]);
  });

  it('never repeat what was sent', () => {
    const problems = shapeProblems(Uuid, 'minsu@example.org');
    expect(JSON.stringify(problems)).not.toContain('minsu');
  });
});
