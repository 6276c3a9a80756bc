/** How long registrants are kept after their event's end, where nobody has said otherwise. */
export const USUAL_DAYS = 365;

const DAY_MS = 86_400_000;

/** From when on the registrants of an event are erased; null while that is not known. */
export function keptUntil(set: { days: number | null; until: Date | null } | null, endsAt: Date | null): Date | null {
  if (set !== null && set.until !== null) return set.until;
  return endsAt === null ? null : new Date(endsAt.getTime() + (set?.days ?? USUAL_DAYS) * DAY_MS);
}
