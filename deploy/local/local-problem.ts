/** Something the person at the terminal can put right; its message is the one sentence that is shown. */
export class LocalProblem extends Error {
  override readonly name = 'LocalProblem';
}

/** Not by `instanceof Error`: under jest an error of Node itself is of another realm. */
export function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
