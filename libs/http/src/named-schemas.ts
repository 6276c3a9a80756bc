import { type TSchema } from '@sinclair/typebox';

/** JSON schemas of value types by name; the OpenAPI document refers to them instead of repeating them. */
const named = new Map<string, TSchema>();

export function namedRef(name: string, schema: TSchema): { $ref: string } {
  named.set(name, schema);
  return { $ref: `#/components/schemas/${name}` };
}

/** Without TypeBox's symbols. */
export function namedSchemas(): Record<string, unknown> {
  return JSON.parse(JSON.stringify(Object.fromEntries(named))) as Record<string, unknown>;
}
