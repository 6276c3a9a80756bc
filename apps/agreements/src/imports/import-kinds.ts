/** What can be imported, as a singular noun. */
export type ImportKind = 'project' | 'agreement';

/** Below `/v1`: where the jobs of a kind are read. */
export const importPathOf = (kind: ImportKind): `${ImportKind}-imports` => `${kind}-imports`;
