import { pointerTo, type LocalizedText, type Problem } from '@expo-accord/values';
import { type EventBody } from './event.dto';

export type Publishable = Partial<
  Pick<EventBody, 'names' | 'theme' | 'description' | 'date' | 'startsAt' | 'venue' | 'mode' | 'hosts'>
>;

/**
 * All that an event lacks before it may be public: when, where, by whom, and its texts in the languages of its series.
 * A sub-event that does not say when, where or by whom is held when, where and by whom its parent is.
 * @param parents nearest first
 */
export function missingForPublication(
  event: Publishable,
  parents: readonly Publishable[],
  requiredLanguages: readonly string[],
): Problem[] {
  const said = (is: (one: Publishable) => boolean): boolean => [event, ...parents].some(is);
  const problems = missingTexts(event, requiredLanguages);
  if (!said(hasDate)) {
    problems.push({ pointer: '/startsAt', code: 'date-missing', detail: 'Give startsAt, or a date as far as known.' });
  }
  if (!said(hasPlace)) {
    problems.push({ pointer: '/venue', code: 'venue-missing', detail: 'Give a venue, or the mode "online".' });
  }
  if (!said(hasHost)) {
    problems.push({ pointer: '/hosts', code: 'host-missing', detail: 'Name at least one host.' });
  }
  return problems;
}

function missingTexts(event: Publishable, requiredLanguages: readonly string[]): Problem[] {
  return (['names', 'theme', 'description'] as const).flatMap((field) => {
    const text = event[field];
    if (!text) return [];
    return requiredLanguages
      .filter((language) => !isWrittenIn(text, language))
      .map((language) => ({
        pointer: pointerTo(field, 'texts', language),
        code: 'language-missing',
        detail: 'The series requires this language.',
      }));
  });
}

/** `zh` is written where there is `zh` or any kind of it, such as `zh-Hant-HK`; not the other way round. */
function isWrittenIn({ texts }: LocalizedText, language: string): boolean {
  const wanted = language.toLowerCase();
  return Object.keys(texts).some((tag) => tag.toLowerCase() === wanted || tag.toLowerCase().startsWith(`${wanted}-`));
}

function hasDate({ date, startsAt }: Publishable): boolean {
  return Boolean(date ?? startsAt);
}

function hasPlace({ mode, venue }: Publishable): boolean {
  if (mode === 'online') return true;
  const { placeId, hall, hotel, city, province, economy } = venue ?? {};
  return [placeId, hall, hotel, city, province, economy].some(Boolean);
}

function hasHost({ hosts }: Publishable): boolean {
  return (hosts?.items ?? []).some(({ organizationId, name }) => Boolean(organizationId ?? name));
}
