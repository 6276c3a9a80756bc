import { boundsOf, type LocalizedText, type PartialDate, type ScheduledTime } from '@expo-accord/values';

/** What a commitment asks of an event: "the second meeting, in China, in 2016". */
export interface Asked {
  due?: PartialDate | null;
  expects?: {
    kind: string;
    seriesId?: string | null;
    ordinal?: number | null;
    economy?: string | null;
    place?: LocalizedText | null;
  } | null;
}

/** An event as far as it matters whether it is what was asked for. */
export interface NamedEvent {
  status: string;
  seriesId: string | null;
  ordinal: number | null;
  date: PartialDate | null;
  startsAt: ScheduledTime | null;
  venue: Venue | null;
}

export interface Venue {
  hall: LocalizedText | null;
  hotel: LocalizedText | null;
  city: LocalizedText | null;
  province: LocalizedText | null;
  economy: string | null;
}

export interface Judgement {
  outcome: 'met' | 'partiallyMet' | 'noEvidence';
  /** What is otherwise than asked for, in English; with partiallyMet alone. */
  differs?: string;
  /** What is not known well enough to be judged, in English. */
  note?: string;
  /** The event's date is marked as doubtful or approximate. */
  doubtful?: true;
}

/** One respect in which an event is as asked for, otherwise, or not known. */
type Finding = 'as asked' | { differs: string } | { unknown: string };

/**
 * What an event that is named as a commitment's fulfilment says about it: null as long as it was not held, and for a
 * commitment that asks for no event. Earlier than asked for is on time.
 */
export function judge({ due, expects }: Asked, event: NamedEvent): Judgement | null {
  if (expects?.kind !== 'eventHeld' || event.status !== 'closed') return null;
  const findings = [
    ...(due ? [timeOf(event, due)] : []),
    ...(expects.economy ? [economyOf(event, expects.economy)] : []),
    ...(expects.place ? [placeOf(event, expects.place)] : []),
    ...(expects.seriesId ? [seriesOf(event, expects.seriesId)] : []),
    ...(expects.ordinal ? [ordinalOf(event, expects.ordinal)] : []),
  ];
  const differs = sentence(
    findings.map((finding) => (typeof finding === 'object' && 'differs' in finding ? finding.differs : null)),
  );
  const note = sentence(
    findings.map((finding) => (typeof finding === 'object' && 'unknown' in finding ? finding.unknown : null)),
  );
  return {
    outcome: differs !== undefined ? 'partiallyMet' : note !== undefined ? 'noEvidence' : 'met',
    ...(differs === undefined ? {} : { differs }),
    ...(note === undefined ? {} : { note }),
    ...(event.startsAt === null && /[?~%]/.test(event.date?.edtf ?? '') ? { doubtful: true } : {}),
  };
}

/** The one that says most in the commitment's favour; of equals the one that comes first. */
export function best<J extends { judgement: Judgement }>(judged: readonly J[]): J | undefined {
  return (['met', 'partiallyMet', 'noEvidence'] as const)
    .map((outcome) => judged.find(({ judgement }) => judgement.outcome === outcome))
    .find((found) => found !== undefined);
}

function timeOf({ startsAt, date }: NamedEvent, due: PartialDate): Finding {
  const began = startsAt
    ? { earliest: startsAt.local, latest: startsAt.local }
    : date
      ? boundsOf(date)
      : { earliest: null, latest: null };
  const end = dayOf(boundsOf(due).latest);
  if (end === undefined) return 'as asked';
  const [first, last] = [dayOf(began.earliest), dayOf(began.latest)];
  if (first !== undefined && first > end) {
    return {
      differs: `It was held late: ${startsAt?.local.slice(0, 10) ?? date?.edtf ?? ''}, and was due ${due.edtf}.`,
    };
  }
  if (last !== undefined && last <= end) return 'as asked';
  return { unknown: `When it was held is not known well enough to say whether that was by ${due.edtf}.` };
}

function economyOf({ venue }: NamedEvent, expected: string): Finding {
  const economy = venue?.economy ?? null;
  if (economy === null) return { unknown: `In which economy it was held is not known; ${expected} was agreed.` };
  return economy === expected ? 'as asked' : { differs: `It was held elsewhere: in ${economy}, not in ${expected}.` };
}

/** A place by another name may be the same place, so a name that does not match proves nothing. */
function placeOf({ venue }: NamedEvent, expected: LocalizedText): Finding {
  const wanted = Object.values(expected.texts).map(folded);
  const names = [venue?.hall, venue?.hotel, venue?.city, venue?.province].flatMap((text) =>
    Object.values(text?.texts ?? {}).map(folded),
  );
  if (names.some((name) => wanted.includes(name))) return 'as asked';
  return { unknown: `Whether its place is "${expected.texts[expected.original] ?? ''}" has to be judged by a person.` };
}

function seriesOf({ seriesId }: NamedEvent, expected: string): Finding {
  if (seriesId === null) return { unknown: 'Of which series it is is not known.' };
  return seriesId === expected ? 'as asked' : { differs: 'It is of another series.' };
}

function ordinalOf({ ordinal }: NamedEvent, expected: number): Finding {
  if (ordinal === null) return { unknown: `Which of its series it is is not known; number ${expected} was agreed.` };
  return ordinal === expected ? 'as asked' : { differs: `It is number ${ordinal} of its series, not ${expected}.` };
}

const folded = (name: string): string => name.normalize('NFKC').toLowerCase().trim();

/** Years that are not written with four digits cannot be compared as text. */
function dayOf(instant: string | null): string | undefined {
  return instant !== null && /^\d{4}-/.test(instant) ? instant.slice(0, 10) : undefined;
}

function sentence(parts: readonly (string | null)[]): string | undefined {
  const said = parts.filter((part) => part !== null);
  return said.length === 0 ? undefined : said.join(' ');
}
