/**
 * What the database says about the connection or about waiting passes; what it says about the data does not. A
 * connection that is cut says nothing: pg and TypeORM then tell of it in words alone, without a code.
 */
export function isPassing(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return /^(08|40|53|55|57|E)/.test(code);
  return typeof message === 'string' && /\bconnect(ion)?\b/i.test(message);
}
