import { boundsOf, type PartialDate, type Quantity } from '@expo-accord/values';

interface ConsentFacts {
  kind: string;
  on?: PartialDate | null;
  withdrawal?: object | null;
}

/** As much of an agreement as its entry into force depends on. */
export interface EntryFacts {
  binding?: boolean | null;
  signedOn?: PartialDate | null;
  entryIntoForce?: {
    rule: string;
    on?: PartialDate | null;
    instruments?: Quantity | null;
    daysAfter?: number | null;
  } | null;
  parties: {
    completeness: string;
    items: { role?: string | null; consents?: ConsentFacts[] }[];
  };
}

/** What follows from its rule: it enters now (its date may be unknown), on a day that lies ahead, or neither yet. */
export type Entry = { now: PartialDate | null } | { onDay: string } | null;

/** They are named among the parties and are not bound. */
const roles = new Set(['witness', 'host', 'beneficiary']);

export const isBound = ({ role }: { role?: string | null }): boolean => !roles.has(role ?? 'party');

/** A signature is no instrument: ratified, accepted, approved, acceded... are. */
export const isInstrument = ({ kind }: { kind: string }): boolean => kind !== 'signed';

/** It was not taken back. */
export const stands = ({ withdrawal }: { withdrawal?: object | null }): boolean => !withdrawal;

/** How many parties have to deposit an instrument by the rule; null where that is not known, or where none has to. */
export function instrumentsNeeded({ entryIntoForce, parties }: EntryFacts): number | null {
  if (entryIntoForce?.rule !== 'onInstruments') return null;
  const { instruments } = entryIntoForce;
  if (instruments && 'value' in instruments) return Math.ceil(Number(instruments.value));
  if (instruments || parties.completeness !== 'exhaustive') return null;
  return parties.items.filter(isBound).length;
}

/** The first instrument that stands of each party that has deposited one. */
export function instrumentsGiven({ parties }: EntryFacts): { on?: PartialDate | null }[] {
  const ofOne = (consents: ConsentFacts[] = []): ConsentFacts[] =>
    consents.filter((consent) => isInstrument(consent) && stands(consent)).slice(0, 1);
  return parties.items.filter(isBound).flatMap(({ consents }) => ofOne(consents));
}

/**
 * @param facts of an agreement that is signed and not in force
 * @param today as YYYY-MM-DD, by the clocks where it enters into force
 */
export function entryOf(facts: EntryFacts, today: string): Entry {
  if (facts.binding === false || !facts.entryIntoForce) return null;
  const reached = reachedOn(facts);
  if (!reached) return null;
  const days = facts.entryIntoForce.daysAfter ?? 0;
  if (days === 0) return atOrAfter(reached.on, today);
  const day = exactDay(reached.on);
  return day === null ? null : atOrAfter({ edtf: daysAfter(day, days) }, today);
}

/** When what the rule asks for was there; null as long as it is not. */
function reachedOn(facts: EntryFacts): { on: PartialDate | null } | null {
  const { signedOn = null, entryIntoForce } = facts;
  switch (entryIntoForce?.rule) {
    case 'onSignature':
      return { on: signedOn };
    case 'onDate':
      return entryIntoForce.on ? { on: laterOf(entryIntoForce.on, signedOn) } : null;
    case 'onInstruments':
      return withInstruments(facts);
    default:
      return null;
  }
}

function withInstruments(facts: EntryFacts): { on: PartialDate | null } | null {
  const needed = instrumentsNeeded(facts);
  const given = instrumentsGiven(facts);
  if (needed === null || needed < 1 || given.length < needed) return null;
  const dates = given.flatMap(({ on }) => on ?? []);
  // One of unknown date may have been the last.
  if (dates.length < given.length) return { on: null };
  return { on: dates.sort((one, other) => (latest(one) < latest(other) ? -1 : 1))[needed - 1] ?? null };
}

function atOrAfter(on: PartialDate | null, today: string): Entry {
  if (on === null) return { now: null };
  const day = exactDay(on);
  if (day !== null && day > today) return { onDay: day };
  const { earliest } = boundsOf(on);
  // "In 2030" is no day to wait for: somebody has to say when it has come.
  return earliest !== null && earliest.slice(0, 10) > today ? null : { now: on };
}

const latest = (date: PartialDate): string => boundsOf(date).latest ?? '9999';

const laterOf = (date: PartialDate, other: PartialDate | null): PartialDate =>
  other !== null && latest(other) > latest(date) ? other : date;

const exactDay = (date: PartialDate | null): string | null =>
  date !== null && /^\d{4}-\d{2}-\d{2}$/.test(date.edtf) ? date.edtf : null;

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
