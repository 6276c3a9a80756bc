/** What is wrong with a value, where and why. Several may hold at once. */
export interface Problem {
  /** JSON pointer (RFC 6901) relative to the value that was checked; '' is the value itself. */
  pointer: string;
  /** Stable, kebab-case. */
  code: string;
  /** One sentence for a person; it never repeats the offending value, which may be personal data. */
  detail: string;
}

/** The same problem seen from outside: `prefix` is the pointer of the value within its parent. */
export function within(prefix: string, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, pointer: prefix + problem.pointer }));
}

/** A key as a step of a JSON pointer. */
export function pointerTo(...steps: readonly (string | number)[]): string {
  return steps.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
