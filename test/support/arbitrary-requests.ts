import { type OpenAPIObject } from '@nestjs/swagger';
import fc from 'fast-check';

type Schema = Readonly<Record<string, unknown>>;
type Json = Record<string, unknown>;

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { name: string; in: string; schema?: Schema }[];
  /** By media type. */
  readonly bodies: Readonly<Record<string, Schema>>;
}

export interface ArbitraryRequest {
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
}

export function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Json).map(([method, operation]) => {
      const { parameters = [], requestBody } = operation as {
        parameters?: Operation['parameters'];
        requestBody?: Json;
      };
      const content = Object.entries((requestBody?.content ?? {}) as Record<string, { schema?: Schema }>);
      const bodies = Object.fromEntries(content.map(([type, { schema = {} }]) => [type, schema]));
      return { method: method.toUpperCase(), path, parameters, bodies };
    }),
  );
}

const nastyTexts = [
  '',
  '\0',
  '\ud800',
  '%00',
  '../..',
  "' OR 1=1 --",
  '\u202e',
  '1e999',
  '-1',
  'null',
  '\r\nx: y',
  '𝕏'.repeat(9_000),
];

const nastyText = fc.oneof(fc.constantFrom(...nastyTexts), fc.string({ unit: 'binary', maxLength: 40 }));

const deep = fc
  .tuple(fc.integer({ min: 20, max: 400 }), fc.boolean())
  .map(([levels, isList]) =>
    Array.from({ length: levels }).reduce<unknown>((inner) => (isList ? [inner] : { inner }), null),
  );

const nasty: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: nastyText },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(null, true, [], {}, -0, 1e308, 2 ** 53, -1, 0.1, [null], { a: 1 }) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: deep },
);

/** What is no JSON, or not the JSON that it seems. */
const rawBodies = [
  '',
  '{',
  '[',
  'nul',
  '"x"',
  '[1]',
  '{"a":1e999}',
  '{"__proto__":{"x":1}}',
  '{"category":"a","category":"b"}',
  '\uFEFF{}',
  `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  `{"answers":${'{"a":'.repeat(9_000)}1${'}'.repeat(9_001)}`,
];

/** Requests around an API document: right ones, nearly right ones and nonsense. */
export class ArbitraryRequests {
  readonly #schemas: Record<string, Schema>;

  /** @param ids that there are, for places in a path */
  constructor(
    document: OpenAPIObject,
    private readonly ids: readonly string[],
  ) {
    this.#schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;
  }

  of(operation: Operation): fc.Arbitrary<ArbitraryRequest> {
    const inPath = operation.parameters.filter((each) => each.in === 'path').map(({ name }) => name);
    const id = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...this.ids) },
      { weight: 1, arbitrary: fc.uuid() },
      nastyText,
    );
    const path = fc
      .tuple(...inPath.map(() => id))
      .map((values) =>
        inPath.reduce((filled, name, at) => filled.replace(`{${name}}`, escaped(values[at] ?? '')), operation.path),
      );
    const body = this.#body(operation);
    return fc
      .tuple(path, this.#query(operation), body)
      .map(([filled, query, rest]) => ({ path: `${filled}${query}`, ...rest }));
  }

  #query({ parameters }: Operation): fc.Arbitrary<string> {
    const pairs = parameters
      .filter((each) => each.in === 'query')
      .map(({ name, schema = {} }) =>
        fc
          .option(fc.oneof(this.#valueOf(schema), nasty))
          .map((value) => (value === null ? '' : `${name}=${escaped(textOf(value))}`)),
      );
    const stray = fc.option(nastyText, { freq: 9 }).map((text) => (text === null ? '' : escaped(text)));
    return fc.tuple(...pairs, stray).map((parts) => `?${parts.filter((part) => part !== '').join('&')}`);
  }

  #body({ method, bodies }: Operation): fc.Arbitrary<Omit<ArbitraryRequest, 'path'>> {
    const [[declared, schema] = ['application/json', {}]] = Object.entries(bodies);
    const usual = method === 'PATCH' ? 'application/merge-patch+json' : declared;
    const valid = this.#valueOf(schema);
    const value = fc.oneof({ weight: 3, arbitrary: valid }, { weight: 4, arbitrary: mutated(valid) }, nasty);
    const text = value.map((made) => (typeof made === 'string' ? made : JSON.stringify(made)));
    const types = fc.constantFrom(
      usual,
      usual,
      usual,
      usual,
      'application/json',
      'text/csv',
      'text/plain; charset=x',
      'a',
    );
    return fc.record({
      contentType: types,
      body: fc.oneof({ weight: 6, arbitrary: text }, fc.constantFrom(...rawBodies)),
    });
  }

  #valueOf(schema: Schema, levels = 6): fc.Arbitrary<unknown> {
    if (typeof schema.$ref === 'string')
      return this.#valueOf(this.#schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, levels);
    const choices = (schema.anyOf ?? schema.oneOf) as Schema[] | undefined;
    if (choices !== undefined) return fc.oneof(...choices.map((choice) => this.#valueOf(choice, levels)));
    const parts = schema.allOf as Schema[] | undefined;
    if (parts?.length === 1) return this.#valueOf(parts[0] ?? {}, levels);
    if (schema.const !== undefined) return fc.constant(schema.const);
    if (Array.isArray(schema.enum)) return fc.constantFrom<unknown>(...(schema.enum as unknown[]));
    if (levels === 0) return fc.constant(null);
    const type: unknown = Array.isArray(schema.type) ? schema.type[0] : schema.type;
    if (type === 'object' || schema.properties !== undefined) return this.#objectOf(schema, levels);
    if (schema.example !== undefined) return fc.constant(schema.example);
    if (type === 'array') return fc.array(this.#valueOf((schema.items ?? {}) as Schema, levels - 1), { maxLength: 3 });
    if (type === 'integer' || type === 'number') return fc.integer({ min: -1, max: 3_000 });
    if (type === 'boolean') return fc.boolean();
    return schema.format === 'uuid'
      ? fc.constantFrom(...this.ids)
      : fc.constantFrom('buyer', 'a@example.org', '2030-10-17', '2030-10-17T09:00:00Z');
  }

  #objectOf({ properties = {}, required = [], additionalProperties }: Schema, levels: number): fc.Arbitrary<unknown> {
    const fields = Object.entries(properties as Record<string, Schema>).map(
      ([name, schema]) => [name, this.#valueOf(schema, levels - 1)] as const,
    );
    if (fields.length > 0) return fc.record(Object.fromEntries(fields), { requiredKeys: required as string[] });
    const values =
      typeof additionalProperties === 'object' ? this.#valueOf(additionalProperties as Schema, levels - 1) : nasty;
    return fc.dictionary(fc.constantFrom('ko', 'en', 'diet', '__proto__', ''), values, { maxKeys: 3 });
  }
}

/** With one field somewhere in it replaced, or one more. */
function mutated(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(valid, nasty, fc.array(fc.nat(), { minLength: 1, maxLength: 4 })).map(([value, other, steps]) => {
    const copy: unknown = structuredClone(value);
    let at: unknown = copy;
    for (const [index, step] of steps.entries()) {
      if (typeof at !== 'object' || at === null) break;
      const keys = [...Object.keys(at), 'colour'];
      const key = keys[step % keys.length] ?? '';
      const next: unknown = (at as Json)[key];
      if (index === steps.length - 1 || typeof next !== 'object' || next === null) {
        (at as Json)[key] = other;
        return copy;
      }
      at = next;
    }
    return other;
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function escaped(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'));
}
