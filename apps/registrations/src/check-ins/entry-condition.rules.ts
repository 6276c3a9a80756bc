/** That an entry condition is satisfied, or is no longer, from a moment on: until something else is said of it. */
export interface Statement {
  readonly code: string;
  readonly satisfied: boolean;
  readonly at: Date;
}

/** What a registration is judged by: what was said of it, and when each of its earlier tickets ended. */
export interface Standing {
  readonly statements: readonly Statement[];
  readonly ticketsEndedAt: readonly Date[];
}

/**
 * The last word on a code at this moment counts, whoever said it and whenever it arrived. With a ticket ends what was said
 * for it: it may be another person's since.
 */
export function lastWord(code: string, at: Date, { statements, ticketsEndedAt }: Standing): Statement | undefined {
  const ended = ticketsEndedAt.filter((end) => end <= at).at(-1);
  return statements
    .filter((said) => said.code === code && said.at <= at && (ended === undefined || said.at >= ended))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .at(-1);
}

/** Of these conditions those that are not satisfied at this moment. */
export function unsatisfied(codes: readonly string[], at: Date, standing: Standing): string[] {
  return codes.filter((code) => lastWord(code, at, standing)?.satisfied !== true);
}
