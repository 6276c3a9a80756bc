/** About the connection or about waiting: the database is away, starts up, is full, or chose one of two that waited. */
const OF_THE_MOMENT = /^(08|40|53|55|57|E)/;

/** A connection that is cut says nothing: pg and TypeORM then tell of it in words alone, without a code. */
const OF_THE_CONNECTION = /\bconnect(ion)?\b/i;

/** Data that PostgreSQL refuses (class 22) or that breaks a constraint (class 23) is refused the next time as well. */
const OF_THE_DATA = /^2[23][0-9A-Z]{3}$/;

/** Of several transactions that could not all go on, this one was rolled back as a whole: begun again, it comes through. */
const GAVE_WAY = new Set(['40P01', '40001']);

/** Errors in our own code. A network error of fetch is a TypeError too, but carries its cause. */
const BUGS = [TypeError, RangeError, ReferenceError, SyntaxError];

/**
 * What becomes of a failed transaction when it is tried again: the same for ever, something better in a moment, or
 * nobody knows. What to do about the last is for whoever asks: they know what waits meanwhile.
 */
export function outlookOf(error: unknown): 'lasts' | 'passes' | 'unknown' {
  const { code, driverError, cause, message } = Object(error) as Record<'code' | 'cause' | 'message', unknown> & {
    driverError?: { code?: unknown };
  };
  const stated = driverError?.code ?? code;
  const isStated = typeof stated === 'string';
  if (isStated && OF_THE_DATA.test(stated)) return 'lasts';
  if (cause === undefined && BUGS.some((kind) => error instanceof kind)) return 'lasts';
  if (isStated) return OF_THE_MOMENT.test(stated) ? 'passes' : 'unknown';
  return typeof message === 'string' && OF_THE_CONNECTION.test(message) ? 'passes' : 'unknown';
}

/** Whether PostgreSQL rolled the transaction back in favour of another: a deadlock, or a serialization failure. */
export function gaveWay(error: unknown): boolean {
  const { code, driverError } = Object(error) as { code?: unknown; driverError?: { code?: unknown } };
  return GAVE_WAY.has(String(driverError?.code ?? code));
}
