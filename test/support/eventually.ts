import { until } from './until';

/** Resolves with what `look` finds, as soon as there is something to find. */
export async function eventually<T>(look: () => Promise<T | undefined> | T | undefined, withinMs?: number): Promise<T> {
  return (await until(look, (found) => found !== undefined, withinMs)) as T;
}
