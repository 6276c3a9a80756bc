export interface TemplateText {
  subject: string;
  text: string;
}

/** A mail in several languages; `languages` is keyed by BCP 47 tag and always has the last language of the fallback. */
export interface Template {
  id: string;
  version: number;
  description: string;
  languages: Record<string, TemplateText>;
}

/** A placeholder without a value (null) takes its line with it. */
export type TemplateValues = Record<string, string | null>;

const LAST_RESORT = 'en';

/** From the wanted tag to the shorter ones (RFC 4647 lookup: zh-Hant-TW, zh-Hant, zh), English at the end. */
export function fallbackChain(wanted: string | null): string[] {
  const parts = wanted === null ? [] : wanted.split('-').filter((part) => part !== '');
  const tags = parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
  return [...new Set([...tags, LAST_RESORT])];
}

/** The first language of the chain that the template speaks, whatever the case it is written in. */
export function languageOf(template: Template, wanted: string | null): string {
  const spoken = Object.keys(template.languages);
  for (const tag of fallbackChain(wanted)) {
    const found = spoken.find((language) => language.toLowerCase() === tag.toLowerCase());
    if (found !== undefined) return found;
  }
  return LAST_RESORT;
}

/** The text in that language with its values set; a subject is always one line. */
export function render(template: Template, language: string, values: TemplateValues): TemplateText {
  const chosen = template.languages[language];
  if (chosen === undefined) throw new Error(`Template ${template.id} does not speak ${language}`);
  const lines = chosen.text
    .split('\n')
    .filter((line) => placeholdersOf(line).every((name) => (values[name] ?? null) !== null));
  return { subject: oneLine(fill(chosen.subject, values)), text: lines.map((line) => fill(line, values)).join('\n') };
}

/** Every placeholder that any language of the template uses. */
export function variablesOf(template: Template): string[] {
  const texts = Object.values(template.languages).flatMap(({ subject, text }) => [subject, text]);
  return [...new Set(texts.flatMap(placeholdersOf))].sort();
}

function placeholdersOf(text: string): string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '');
}

function fill(text: string, values: TemplateValues): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => oneLine(values[name] ?? ''));
}

/** Values come from outside: a line break in one must neither forge a header nor a paragraph. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
