import { FormatRegistry, Type, type Static, type TNull, type TSchema, type TUnion } from '@sinclair/typebox';
import { TypeCompiler, ValueErrorType, type TypeCheck, type ValueError } from '@sinclair/typebox/compiler';
import { type Problem } from './problem';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

FormatRegistry.Set('uuid', (value) => uuid.test(value));
FormatRegistry.Set('date-time', (value) => instant.test(value) && !Number.isNaN(Date.parse(value)));
FormatRegistry.Set('uri', (value) => URL.canParse(value));
FormatRegistry.Set('email', (value) => /^[^\s@]+@[^\s@]+$/.test(value));

const compiled = new WeakMap<TSchema, TypeCheck<TSchema>>();

/** The compiled check of a schema: built on first use, then kept as long as the schema lives. */
function compiledCheck(schema: TSchema): TypeCheck<TSchema> {
  const known = compiled.get(schema);
  if (known) return known;
  const fresh = TypeCompiler.Compile(schema);
  compiled.set(schema, fresh);
  return fresh;
}

/** Whether the value has the schema's shape. Unknown fields pass, unless the schema closes its objects. */
export function fits<S extends TSchema>(schema: S, value: unknown): value is Static<S> {
  return compiledCheck(schema).Check(value);
}

/** Everything in which the value departs from the schema; of a union, the alternative that comes closest is reported. */
export function shapeProblems(schema: TSchema, value: unknown): Problem[] {
  const check = compiledCheck(schema);
  return check.Check(value) ? [] : problemsFrom([...check.Errors(value)]);
}

function problemsFrom(errors: readonly ValueError[]): Problem[] {
  const byPlace = new Map<string, Problem>();
  for (const error of errors) {
    const found = error.type === ValueErrorType.Union ? closestAlternative(error) : [problemFrom(error)];
    for (const problem of found) if (!byPlace.has(problem.pointer)) byPlace.set(problem.pointer, problem);
  }
  return [...byPlace.values()];
}

/** An alternative whose fixed words (literals) match is closer than one with fewer errors whose words do not. */
function closestAlternative(union: ValueError): Problem[] {
  const alternatives = union.errors.map((errors) => [...errors]).filter((errors) => errors.length > 0);
  const distance = (errors: readonly ValueError[]) =>
    errors.reduce((sum, error) => sum + (isOfOtherKind(error, union.path) ? 100 : 1), 0);
  const [closest] = alternatives.sort((a, b) => distance(a) - distance(b));
  if (!closest || distance(closest) >= 100) return [problemFrom(union)];
  return problemsFrom(closest);
}

function isOfOtherKind(error: ValueError, path: string): boolean {
  return error.type === ValueErrorType.Literal || (error.path === path && error.type !== ValueErrorType.Object);
}

const codes: Partial<Record<ValueErrorType, [code: string, detail: string]>> = {
  [ValueErrorType.ObjectRequiredProperty]: ['required', 'This field is required.'],
  [ValueErrorType.ObjectAdditionalProperties]: ['unknown-field', 'There is no field of this name here.'],
  [ValueErrorType.StringMinLength]: ['too-short', 'This text is too short.'],
  [ValueErrorType.StringMaxLength]: ['too-long', 'This text is too long.'],
  [ValueErrorType.ArrayMinItems]: ['too-few', 'This list has too few items.'],
  [ValueErrorType.ArrayMaxItems]: ['too-many', 'This list has too many items.'],
};

function problemFrom(error: ValueError): Problem {
  const { path: pointer, schema } = error;
  const [code, detail] = codes[error.type] ?? ['malformed', malformed(error, schema)];
  return { pointer, code, detail };
}

function malformed(error: ValueError, schema: TSchema): string {
  const means = schema.description;
  if (means !== undefined) return `This is not ${means}.`;
  if (error.type === ValueErrorType.StringFormat) return `This is not of the format ${String(schema.format)}.`;
  if (error.type === ValueErrorType.Union) return 'This is none of the values or shapes that are allowed here.';
  return `${error.message}.`;
}

/** The schema with unknown fields refused at every depth: for what people send, where a typing error must not pass. */
export function closed<S extends TSchema>(schema: S): S {
  const close = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(close);
    if (typeof node !== 'object' || node === null) return node;
    const copy: Record<string | symbol, unknown> = {};
    for (const key of Reflect.ownKeys(node)) copy[key] = close(Reflect.get(node, key));
    if (copy.type === 'object' && 'properties' in copy) copy.additionalProperties = false;
    return copy;
  };
  return close(schema) as S;
}

/** A schema without anything but JSON Schema in it: for OpenAPI, AsyncAPI and the files of released contracts. */
export function plainSchema(schema: TSchema): Record<string, unknown> {
  return JSON.parse(JSON.stringify(schema)) as Record<string, unknown>;
}

/** The schema, or null for "known to be unknown". */
export function nullable<S extends TSchema>(schema: S): TUnion<[S, TNull]> {
  return Type.Union([schema, Type.Null()]);
}
