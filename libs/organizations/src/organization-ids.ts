type Json = Record<string, unknown>;

/** Calls `take` with every organisation's id in an answer: `organizationId` anywhere, and `id` of an `organization`. */
function eachId(value: unknown, take: (holder: Json, field: string, id: string) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) eachId(item, take);
    return;
  }
  if (!isPlain(value)) return;
  const organization = value.organization;
  for (const [holder, field] of [
    [value, 'organizationId'],
    [organization, 'id'],
  ] as const) {
    if (isPlain(holder) && typeof holder[field] === 'string') take(holder, field, holder[field]);
  }
  for (const inner of Object.values(value)) eachId(inner, take);
}

function isPlain(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !(value instanceof Date);
}

/** The ids of all organisations that the answer names. */
export function organizationIdsIn(answer: unknown): string[] {
  const ids = new Set<string>();
  eachId(answer, (_holder, _field, id) => ids.add(id));
  return [...ids];
}

/** A copy of the answer in which each of them is named by what stands for it. */
export function withSurvivors<T>(answer: T, survivors: ReadonlyMap<string, string>): T {
  const copy = structuredClone(answer);
  eachId(copy, (holder, field, id) => {
    holder[field] = survivors.get(id) ?? id;
  });
  return copy;
}
