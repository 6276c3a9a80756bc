import { Type, type Static } from '@sinclair/typebox';
import { checkLanguageTag } from './language-tag';
import { pointerTo, type Problem } from './problem';
import { LanguageTag, TextByTag } from './scalars';
import { closed, fits, shapeProblems } from './schema-check';

/** A text in several languages; `original` is the tag of the one that the others translate. */
export const LocalizedText = Type.Object({ original: LanguageTag, texts: TextByTag });
export type LocalizedText = Static<typeof LocalizedText>;

/** One text out of several, with the tag it stands under. */
export interface DisplayedText {
  tag: LanguageTag;
  text: string;
}

const strict = closed(LocalizedText);

/** Intl takes microseconds for each answer, and the same few tags come all the time. */
const canonicalTags = new Map<string, string | undefined>();
const mostCanonicalTags = 1_000;

/** Beyond the shape: tags are known and differ, no text is blank, and the original is among them. */
export function checkLocalizedText(value: unknown): Problem[] {
  const problems = shapeProblems(strict, value);
  if (problems.length > 0 || !fits(strict, value)) return problems;
  problems.push(...tagProblems(value.texts, '/texts'), ...blankProblems(value.texts, '/texts'));
  if (!(value.original in value.texts)) {
    problems.push({ pointer: '/original', code: 'original-missing', detail: 'The original is not among the texts.' });
  }
  return problems;
}

/** Tags that BCP 47 does not allow or nobody has registered, and tags that are the same but for the way they are written. */
export function tagProblems(texts: TextByTag, pointer: string): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const tag of Object.keys(texts)) {
    const at = pointer + pointerTo(tag);
    const wrong = checkLanguageTag(tag);
    problems.push(...wrong.map((problem) => ({ ...problem, pointer: at })));
    const canonical = canonicalTag(tag);
    if (canonical !== undefined && seen.has(canonical)) {
      problems.push({ pointer: at, code: 'language-tag-repeated', detail: 'Another text has the same language tag.' });
    } else if (canonical !== undefined) seen.add(canonical);
  }
  return problems;
}

/** Texts in which there is nothing to read. */
export function blankProblems(texts: TextByTag, pointer: string): Problem[] {
  return Object.entries(texts)
    .filter(([, text]) => text.trim() === '')
    .map(([tag]) => ({ pointer: pointer + pointerTo(tag), code: 'blank', detail: 'This text says nothing.' }));
}

/**
 * The text to show to somebody who accepts these languages (RFC 9110 Accept-Language; RFC 4647 lookup: `zh-Hant-TW`
 * falls back to `zh-Hant`, then `zh`, then any other kind of `zh`). Then come the tags of `fallback`, then the original.
 */
export function displayOf(
  text: LocalizedText,
  acceptLanguage: string | undefined,
  fallback: readonly string[] = [],
): DisplayedText {
  const available = Object.keys(text.texts);
  const ranges = [...rangesOf(acceptLanguage ?? ''), ...fallback, text.original, ...available];
  for (const range of ranges) {
    const tag = lookUp(range, text.original, available);
    const found = tag === undefined ? undefined : text.texts[tag];
    if (tag !== undefined && found !== undefined) return { tag, text: found };
  }
  throw new RangeError('A localized text without any text cannot be displayed.');
}

/** As many as a person could mean: every text of an answer is looked up by each of them. */
const mostRanges = 20;
const languageRange = /^(?:\*|[A-Za-z]{1,8}(?:-(?:\*|[A-Za-z0-9]{1,8})){0,8})$/;

function rangesOf(acceptLanguage: string): string[] {
  return acceptLanguage
    .split(',', mostRanges)
    .map((part) => {
      const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { range, quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ range, quality }) => languageRange.test(range) && quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ range }) => range);
}

function lookUp(range: string, original: string, available: readonly string[]): string | undefined {
  if (range === '*') return original;
  const subtags = range.toLowerCase().split('-');
  for (let length = subtags.length; length > 0; length -= 1) {
    const prefix = subtags.slice(0, length).join('-');
    const exact = available.find((tag) => tag.toLowerCase() === prefix);
    if (exact !== undefined) return exact;
  }
  const language = `${subtags[0] ?? ''}-`;
  return available.find((tag) => tag.toLowerCase().startsWith(language));
}

function canonicalTag(tag: string): string | undefined {
  if (canonicalTags.has(tag)) return canonicalTags.get(tag);
  const canonical = askedOfIntl(tag);
  if (canonicalTags.size < mostCanonicalTags) canonicalTags.set(tag, canonical);
  return canonical;
}

function askedOfIntl(tag: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined;
  }
}
