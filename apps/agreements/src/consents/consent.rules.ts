import { type ExternalRef, type LocalizedText } from '@expo-accord/values';

/** What a party can be named by. */
export interface NamedParty {
  organizationId?: string | null;
  name?: LocalizedText | null;
  economy?: string | null;
  externalRefs?: ExternalRef[];
}

/** All that is given has to fit. */
export interface PartyReference {
  organizationId?: string;
  name?: string;
  economy?: string;
  externalRef?: ExternalRef;
}

/** The places of the parties that are meant: one, if it is a party and the reference is clear. */
export function partiesMeant(
  parties: readonly NamedParty[],
  meant: PartyReference,
  survivors: ReadonlyMap<string, string>,
): number[] {
  const survivorOf = (id: string): string => survivors.get(id) ?? id;
  const { organizationId, name, economy, externalRef } = meant;
  return parties.flatMap((party, place) => {
    const fits =
      (organizationId === undefined ||
        (party.organizationId != null && survivorOf(party.organizationId) === survivorOf(organizationId))) &&
      (name === undefined || Object.values(party.name?.texts ?? {}).includes(name)) &&
      (economy === undefined || party.economy === economy) &&
      (externalRef === undefined ||
        (party.externalRefs ?? []).some(({ system, id }) => system === externalRef.system && id === externalRef.id));
    return fits ? [place] : [];
  });
}
