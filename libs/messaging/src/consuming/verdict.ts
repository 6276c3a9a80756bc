import { type KeyState } from './consuming.entities';
import { isLater, type Place, type Reading } from './reading';

/** How far the consumer has come with a source. */
export interface KeyProgress extends Place {
  readonly state: KeyState;
}

export type Verdict =
  | { readonly do: 'skip' }
  | { readonly do: 'pass' }
  | { readonly do: 'handle' }
  | { readonly do: 'park'; readonly reason: string; readonly detail: string | null };

const park = (reason: string, detail: string | null = null): Verdict => ({ do: 'park', reason, detail });

/**
 * What to do with a record, given how far its source has come. `skip` leaves the cursor, `pass` moves it on without an
 * effect. One that an operator dropped waits behind what is parked like any other, so that the cursor goes in order.
 */
export function verdictOn(reading: Reading, progress: KeyProgress | undefined, dropped = false): Verdict {
  const { place, topic } = reading;
  if (place !== null && progress !== undefined && !isLater(place, progress)) {
    return { do: 'skip' };
  }
  if (progress !== undefined && progress.state !== 'flowing') {
    // A tombstone says that nothing before it matters any more, and what waits may be what has to be forgotten.
    return reading.kind === 'tombstone' ? { do: 'handle' } : park('behind-parked');
  }
  if (dropped) {
    return { do: place === null ? 'skip' : 'pass' };
  }
  if (reading.kind === 'poison') {
    return park(reading.reason, reading.detail);
  }
  // In a compacted topic numbers are missing because later ones replaced them.
  if (topic?.cleanup !== 'compact' && isGap(reading.place, progress, topic?.retention === 'forever')) {
    return park('gap', `number ${reading.place.sequence} came after ${progress?.sequence ?? 0}`);
  }
  return { do: reading.kind === 'ignored' ? 'pass' : 'handle' };
}

/** A new epoch goes on from what the database knew, which may be less than what was said but never more. */
function isGap(place: Place, progress: KeyProgress | undefined, keepsEverything: boolean): boolean {
  if (progress === undefined) {
    return keepsEverything && place.sequence !== 1;
  }
  return place.sequence > progress.sequence + 1;
}
