import { boundsOf, type PartialDate } from '@expo-accord/values';

interface DatedConsent {
  kind: string;
  on?: PartialDate | null;
  withdrawal?: { on?: PartialDate | null } | null;
}

/** As much of an agreement as its dates are in. */
export interface DatedFacts {
  agreedOn?: PartialDate | null;
  signedOn?: PartialDate | null;
  inForceOn?: PartialDate | null;
  endedOn?: PartialDate | null;
  parties: { items: { consents?: DatedConsent[] }[] };
}

const order = ['agreedOn', 'signedOn', 'inForceOn', 'endedOn'] as const;

/** Whether one date lies before another, however little is known of either. */
export function isBefore(date: PartialDate | null | undefined, other: PartialDate | null | undefined): boolean {
  if (!date || !other) return false;
  const { latest } = boundsOf(date);
  const { earliest } = boundsOf(other);
  return latest !== null && earliest !== null && latest < earliest;
}

/** Pointers to dates that lie before what they come after: a signing, an entry into force, a ratification. */
export function datesOutOfOrder(facts: DatedFacts): { pointer: string; detail: string }[] {
  const steps = order.flatMap((later, at) =>
    order
      .slice(0, at)
      .filter((earlier) => isBefore(facts[later], facts[earlier]))
      .slice(0, 1)
      .map((earlier) => ({ pointer: `/${later}`, detail: `It cannot lie before ${earlier}.` })),
  );
  const consents = facts.parties.items.flatMap(({ consents = [] }, party) =>
    consents.flatMap(({ kind, on, withdrawal }, consent) => {
      const pointer = `/parties/items/${party}/consents/${consent}`;
      const isEarly = kind !== 'signed' && isBefore(on, facts.signedOn);
      const early = isEarly ? [{ pointer: `${pointer}/on`, detail: 'It cannot lie before signedOn.' }] : [];
      if (!isBefore(withdrawal?.on, on)) return early;
      return [...early, { pointer: `${pointer}/withdrawal/on`, detail: 'It cannot lie before the consent.' }];
    }),
  );
  return [...steps, ...consents];
}
