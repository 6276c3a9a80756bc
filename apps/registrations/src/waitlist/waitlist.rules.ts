import { type Registration } from '../registrations/registration';
import { quotasWantedBy } from '../registrations/registration.rules';
import { type QuotaLedger } from '../tickets/quota.rules';

export type Waiting = Pick<Registration, 'id' | 'category' | 'economy' | 'sessionIds' | 'delegationId'>;

/**
 * Who gets a place, taken from the ledger: the oldest first, and only those all of whose quotas have one. A delegation
 * has its turn with its oldest member, and comes in whole or not at all; whoever behind it fits is not held up by it.
 * @param waiting in the order of the queue, delegations with all who wait in them
 * @returns their ids
 */
export function promotable(waiting: readonly Waiting[], ledger: QuotaLedger): string[] {
  return partiesOf(waiting)
    .filter((party) => ledger.draw(party.map(quotasWantedBy)) === null)
    .flatMap((party) => party.map(({ id }) => id));
}

function partiesOf(waiting: readonly Waiting[]): Waiting[][] {
  const parties = new Map<string, Waiting[]>();
  for (const each of waiting) {
    const key = each.delegationId ?? each.id;
    parties.set(key, [...(parties.get(key) ?? []), each]);
  }
  return [...parties.values()];
}
