/**
 * Made-up visitors in the three scripts of the region. The same index gives the same person on every run, so that
 * sending the file again is the same file.
 */
interface Visitor {
  name: { texts: Record<string, string>; order: 'familyFirst' | 'givenFirst' };
  economy: string;
  language: string;
}

const chinese = {
  family: ['王', '李', '张', '刘', '陈', '杨', '赵', '黄', '周', '吴', '徐', '孙', '欧阳', '司马'],
  given: ['伟', '芳', '秀英', '娜', '敏', '静', '丽', '强', '磊', '军', '洋', '勇', '艳', '杰', '思远', '子涵'],
};
const korean = {
  family: ['김', '이', '박', '최', '정', '강', '조', '윤', '장', '임', '한', '남궁', '황보'],
  given: ['민수', '서연', '지훈', '수빈', '현우', '지우', '예은', '도윤', '하준', '서준', '은주', '영희'],
};
const latin = {
  given: ['Anna', 'Björn', 'Chloé', 'Daniel', 'Élodie', 'Farid', 'Grace', 'Haruto', 'Ingrid', 'João', 'Keiko'],
  family: ['Andersson', 'Becker', 'Conti', 'Dubois', 'Evans', 'Fernández', 'García', "O'Neill", 'Ito', 'Núñez'],
};
const elsewhere = ['JP', 'SG', 'DE', 'FR', 'US', 'HK'];

export function visitor(index: number): Visitor {
  const pick = (list: string[], step: number): string => list[Math.floor(index / step) % list.length] ?? '';
  if (index % 10 < 5) {
    const text = pick(chinese.family, 10) + pick(chinese.given, 140);
    return { name: { texts: { zh: text }, order: 'familyFirst' }, economy: 'CN', language: 'zh' };
  }
  if (index % 10 < 9) {
    const text = pick(korean.family, 10) + pick(korean.given, 130);
    return { name: { texts: { ko: text }, order: 'familyFirst' }, economy: 'KR', language: 'ko' };
  }
  const text = `${pick(latin.given, 10)} ${pick(latin.family, 110)}`;
  return { name: { texts: { en: text }, order: 'givenFirst' }, economy: pick(elsewhere, 10), language: 'en' };
}

/** Matches any text that carries a visitor's name or address. */
export function tracesOfVisitors(): RegExp {
  const together = (families: string[], givens: string[]): string[] =>
    families.flatMap((family) => givens.map((given) => family + given));
  const names = [
    ...together(chinese.family, chinese.given),
    ...together(korean.family, korean.given),
    ...latin.given.flatMap((given) => latin.family.map((family) => `${given} ${family}`)),
  ];
  return new RegExp(['visitor-\\d+-\\d+@', ...names].join('|'));
}
