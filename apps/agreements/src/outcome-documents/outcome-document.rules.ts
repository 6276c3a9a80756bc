/** As much of a document as its inner references need. */
export interface Mentioning {
  areas?: { items: { statements: { items: { mentions?: string[] }[] } }[] } | null;
  statements?: { items: { mentions?: string[] }[] } | null;
  initiatives?: { items: { code: string }[] } | null;
  negotiationTracks?: { items: { code: string }[] } | null;
  promotedAgreements?: { items: { code: string }[] } | null;
}

/** Where a statement mentions a code that the document does not explain, with the pointer to the mention. */
export function unexplainedMentions(document: Mentioning): { pointer: string; code: string }[] {
  const { initiatives, negotiationTracks, promotedAgreements } = document;
  const explained = new Set(
    [initiatives, negotiationTracks, promotedAgreements].flatMap((list) => list?.items ?? []).map(({ code }) => code),
  );
  const inList = (items: { mentions?: string[] }[], pointer: string): { pointer: string; code: string }[] =>
    items.flatMap(({ mentions = [] }, at) =>
      mentions.flatMap((code, place) =>
        explained.has(code) ? [] : [{ pointer: `${pointer}/${at}/mentions/${place}`, code }],
      ),
    );
  return [
    ...(document.areas?.items ?? []).flatMap(({ statements }, at) =>
      inList(statements.items, `/areas/items/${at}/statements/items`),
    ),
    ...inList(document.statements?.items ?? [], '/statements/items'),
  ];
}
