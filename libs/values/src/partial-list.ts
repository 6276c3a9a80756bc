import { Type, type Static, type TArray, type TObject, type TOptional, type TSchema } from '@sinclair/typebox';
import { Quantity } from './quantity';

/** `illustrative`: the source gave some ("such as"), not all. */
export const Completeness = Type.Union([Type.Literal('exhaustive'), Type.Literal('illustrative')]);
export type Completeness = Static<typeof Completeness>;

/** The schema of a list that may name only some of its items; `count` is how many there are, where the source says. */
export function partialList<S extends TSchema>(
  item: S,
): TObject<{ items: TArray<S>; completeness: typeof Completeness; count: TOptional<typeof Quantity> }> {
  return Type.Object({ items: Type.Array(item), completeness: Completeness, count: Type.Optional(Quantity) });
}

/** The type of such a list. */
export interface PartialList<T> {
  items: T[];
  completeness: Completeness;
  count?: Quantity;
}
