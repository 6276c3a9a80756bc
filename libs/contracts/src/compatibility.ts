import { isDeepStrictEqual } from 'node:util';
import { pointerTo, type Problem } from '@expo-accord/values';

type Schema = Readonly<Record<string, unknown>>;

/** Keywords that say something to people and nothing to a check. */
const annotations = new Set(['$schema', '$id', 'title', 'description', 'examples', 'default']);

/** Keywords that are compared by their own rules below. */
const structural = new Set(['type', 'properties', 'required', 'patternProperties', 'items', 'anyOf']);

/**
 * What of a new schema breaks a promise of the released one. Readers of the old release are still running when new
 * messages come, and new readers go through topics that are kept for ever: so a schema may gain optional fields, and
 * nothing else may change, neither narrower nor wider. Pointers lead to the place in the schema, its `$ref`s followed.
 */
export function incompatibilities(released: Schema, next: Schema): Problem[] {
  return differences(inlined(released), inlined(next), '');
}

/** The schema with its own `$defs` put in place of each `$ref`; none of ours refers to itself. */
function inlined({ $defs, ...schema }: Schema): Schema {
  const definitions = mapOf($defs);
  const inline = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(inline);
    if (typeof node !== 'object' || node === null) return node;
    const target = '$ref' in node ? definitions[String(node.$ref).replace('#/$defs/', '')] : undefined;
    if (target !== undefined) return inline(target);
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, inline(value)]));
  };
  return mapOf(inline(schema));
}

function differences(released: Schema, next: Schema, pointer: string): Problem[] {
  if (!isDeepStrictEqual(released.type, next.type)) {
    return [
      { pointer, code: 'type-changed', detail: `The type was ${text(released.type)} and is ${text(next.type)}.` },
    ];
  }
  return [
    ...fieldsOf(released, next, pointer),
    ...below('patternProperties', released, next, pointer),
    ...itemsOf(released, next, pointer),
    ...alternativesOf(released, next, pointer),
    ...constraintsOf(released, next, pointer),
  ];
}

function fieldsOf(released: Schema, next: Schema, pointer: string): Problem[] {
  const wasRequired = new Set(stringsOf(released.required));
  const isRequired = new Set(stringsOf(next.required));
  const complain = (field: string, code: string, detail: string): Problem => ({
    pointer: pointer + pointerTo('properties', field),
    code,
    detail,
  });
  return [
    ...below('properties', released, next, pointer),
    ...[...isRequired]
      .filter((field) => !wasRequired.has(field))
      .map((field) => complain(field, 'newly-required', 'Messages already sent may not have this field.')),
    ...[...wasRequired]
      .filter((field) => !isRequired.has(field) && field in mapOf(next.properties))
      .map((field) => complain(field, 'no-longer-required', 'Readers rely on this field.')),
  ];
}

/** Compares the schemas of a map of names: each released one must still be there and mean the same. */
function below(
  keyword: 'properties' | 'patternProperties',
  released: Schema,
  next: Schema,
  pointer: string,
): Problem[] {
  const now = mapOf(next[keyword]);
  return Object.entries(mapOf(released[keyword])).flatMap(([field, schema]) => {
    const at = pointer + pointerTo(keyword, field);
    const found = now[field];
    if (found === undefined) return [{ pointer: at, code: 'field-removed', detail: 'Readers rely on this field.' }];
    return differences(mapOf(schema), mapOf(found), at);
  });
}

function itemsOf(released: Schema, next: Schema, pointer: string): Problem[] {
  const noItems = released.items === undefined && next.items === undefined;
  return noItems ? [] : differences(mapOf(released.items), mapOf(next.items), `${pointer}/items`);
}

/** Alternatives may change places. Those without a match are set against each other in order, to say what differs. */
function alternativesOf(released: Schema, next: Schema, pointer: string): Problem[] {
  const was = listOf(released.anyOf);
  const is = listOf(next.anyOf);
  const matches = (old: Schema, now: Schema) => differences(old, now, '').length === 0;
  const lost = was.filter((old) => !is.some((now) => matches(old, now)));
  const fresh = is.filter((now) => !was.some((old) => matches(old, now)));
  const changed = lost.slice(0, fresh.length).flatMap((old, index) => {
    return differences(old, fresh[index] ?? {}, `${pointer}/anyOf/${was.indexOf(old)}`);
  });
  const removed = lost.slice(fresh.length).map((old) => ({
    pointer: `${pointer}/anyOf/${was.indexOf(old)}`,
    code: 'alternative-removed',
    detail: 'Messages already sent may have this value or shape.',
  }));
  const added = fresh.slice(lost.length).map((now) => ({
    pointer: `${pointer}/anyOf/${is.indexOf(now)}`,
    code: 'alternative-added',
    detail: 'Readers of the release do not know this value or shape.',
  }));
  return [...changed, ...removed, ...added];
}

function constraintsOf(released: Schema, next: Schema, pointer: string): Problem[] {
  const keywords = new Set([...Object.keys(released), ...Object.keys(next)]);
  return [...keywords]
    .filter((keyword) => !annotations.has(keyword) && !structural.has(keyword))
    .filter((keyword) => !isDeepStrictEqual(released[keyword], next[keyword]))
    .map((keyword) => ({
      pointer: pointer + pointerTo(keyword),
      code: 'constraint-changed',
      detail: `It was ${text(released[keyword])} and is ${text(next[keyword])}.`,
    }));
}

function mapOf(value: unknown): Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Schema) : {};
}

function listOf(value: unknown): Schema[] {
  return Array.isArray(value) ? value.map(mapOf) : [];
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function text(value: unknown): string {
  return value === undefined ? 'not given' : JSON.stringify(value);
}
