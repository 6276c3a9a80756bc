/** Something the person at the terminal can put right; its message is the one sentence that is shown. */
export class LocalProblem extends Error {
  override readonly name = 'LocalProblem';
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
