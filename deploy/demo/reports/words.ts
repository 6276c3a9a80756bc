/** Short forms for what the reports are full of: English text, and names that put the family first. */
export interface Text {
  original: string;
  texts: Record<string, string>;
}

export const en = (text: string): Text => ({ original: 'en', texts: { en: text } });

export const familyFirst = (name: string): Record<string, unknown> => ({ texts: { en: name }, order: 'familyFirst' });

export const exhaustive = <T>(items: T[]): { completeness: string; items: T[] } => ({
  completeness: 'exhaustive',
  items,
});

/** For what a source gives with "such as" or "including". */
export const illustrative = <T>(items: T[]): { completeness: string; items: T[] } => ({
  completeness: 'illustrative',
  items,
});

export const exactly = (value: string, unit: string): Record<string, string> => ({ qualifier: 'exact', value, unit });

export const china = { economy: 'CN' };
export const korea = { economy: 'KR' };
export const bothSides = exhaustive([
  { ...china, name: en('China'), role: 'party' },
  { ...korea, name: en('South Korea'), role: 'party' },
]);
