/** As much of a link as tells whether it is a supersession. */
export interface LinkFacts {
  kind: string;
  agreementId?: string | null;
}

export interface SupersessionEdge {
  supersededId: string;
  supersedingId: string;
}

/** What a link of the agreement says of supersession; null for other kinds, and where the other is known by name alone. */
export function edgeOf(agreementId: string, { kind, agreementId: otherId }: LinkFacts): SupersessionEdge | null {
  if (!otherId) return null;
  if (kind === 'supersededBy') return { supersededId: agreementId, supersedingId: otherId };
  if (kind === 'supersedes') return { supersededId: otherId, supersedingId: agreementId };
  return null;
}
