/** Thrown by a handler for a message that can never work: its key is parked at once. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
}

/** Data that PostgreSQL refuses (class 22) or that breaks a constraint (class 23) is refused the next time as well. */
const REFUSED_BY_POSTGRES = /^2[23][0-9A-Z]{3}$/;

/** Errors in our own code. A network error of fetch is a TypeError too, but carries its cause. */
const BUGS = [TypeError, RangeError, ReferenceError, SyntaxError];

/** Whether trying again is pointless. What is not known to be permanent is tried again: the world may get better. */
export function isPermanent(error: unknown): boolean {
  if (error instanceof PermanentFailure) {
    return true;
  }
  const { code, driverError, cause } = Object(error) as {
    code?: unknown;
    driverError?: { code?: unknown };
    cause?: unknown;
  };
  const sqlState = driverError?.code ?? code;
  if (typeof sqlState === 'string' && REFUSED_BY_POSTGRES.test(sqlState)) {
    return true;
  }
  return cause === undefined && BUGS.some((kind) => error instanceof kind);
}
