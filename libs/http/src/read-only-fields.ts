import { displayOf, instantOf, type LocalizedText, type ScheduledTime } from '@expo-accord/values';

/** An answer with the fields that only answers have, and the languages that were picked for the reader. */
export interface Shown {
  answer: unknown;
  languages: ReadonlySet<string>;
}

/**
 * Adds `at` (the instant) to every scheduled time and, for a reader who said what languages to show, `display` to every
 * text. What is stored and sent in messages has neither.
 */
export function withReadOnlyFields(value: unknown, acceptLanguage: string | undefined): Shown {
  const languages = new Set<string>();
  const shown = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(shown);
    if (!isPlain(node)) return node;
    const copy: Record<string, unknown> = {};
    for (const [name, child] of Object.entries(node)) copy[name] = shown(child);
    if (isScheduledTime(node)) copy.at = instantOf(node);
    if (acceptLanguage !== undefined && isLocalizedText(node)) {
      const display = displayOf(node, acceptLanguage);
      languages.add(display.tag);
      copy.display = display;
    }
    return copy;
  };
  return { answer: shown(value), languages };
}

/** Files, streams, dates and the like pass untouched. */
function isPlain(node: unknown): node is Record<string, unknown> {
  if (typeof node !== 'object' || node === null) return false;
  const prototype = Object.getPrototypeOf(node) as unknown;
  return prototype === Object.prototype || prototype === null;
}

function isScheduledTime(node: object): node is ScheduledTime {
  return 'local' in node && 'zone' in node && typeof node.local === 'string';
}

function isLocalizedText(node: object): node is LocalizedText {
  return 'original' in node && 'texts' in node;
}
