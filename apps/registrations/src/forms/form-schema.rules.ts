import { type Problem } from '@expo-accord/values';
import { linearPattern } from './linear-pattern.rules';

export const FORM_DIALECT = 'https://json-schema.org/draft/2020-12/schema';
export const formFormats = ['date', 'time', 'date-time', 'email', 'uri', 'uuid'] as const;

const MOST_BYTES = 65_536;
const MOST_LEVELS = 64;
/** Questions and conditions, each counted as often as it is referred to. */
const MOST_PARTS = 500;
const MOST_PATTERNS = 50;

/** What stands in a keyword: a schema, a list of them, one by each name, or something else. */
type Holds = 'schema' | 'list' | 'named' | 'value';

const keywords = new Map<string, Holds>([
  ...['properties', 'dependentSchemas', '$defs'].map((name) => [name, 'named'] as const),
  ...['allOf', 'anyOf', 'oneOf', 'prefixItems'].map((name) => [name, 'list'] as const),
  ...['items', 'contains', 'additionalProperties', 'not', 'if', 'then', 'else'].map(
    (name) => [name, 'schema'] as const,
  ),
  ...['type', 'enum', 'const', 'format', 'pattern', 'required', 'dependentRequired', '$ref'].map(value),
  ...['minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'].map(value),
  ...['minItems', 'maxItems', 'minContains', 'maxContains', 'uniqueItems', 'minProperties', 'maxProperties'].map(value),
  ...['title', 'description', 'default', 'examples', '$comment', 'deprecated', 'readOnly', 'writeOnly'].map(value),
]);
const onlyAtTheTop = new Set(['$defs', '$schema', '$id']);

function value(name: string): readonly [string, Holds] {
  return [name, 'value'];
}

export interface ReadFormSchema {
  readonly problems: readonly Problem[];
  /** The schema without what is only there for people. */
  readonly plain: Readonly<Record<string, unknown>>;
}

/**
 * Reads a form's schema as what it may be: the part of JSON Schema 2020-12 whose checks take bounded time and ask nobody
 * else. No `$ref` but to its own `$defs`, and none in a circle; keywords that begin with `x-` say nothing to us.
 */
export function readFormSchema(schema: unknown): ReadFormSchema {
  const refused = (code: string, detail: string): ReadFormSchema => ({
    problems: [{ pointer: '', code, detail }],
    plain: {},
  });
  if (!isObject(schema)) return refused('is-object', 'A form is a JSON Schema, as an object.');
  if (isDeeper(schema, MOST_LEVELS)) return refused('too-deep', `A form may be nested ${MOST_LEVELS} levels deep.`);
  if (Buffer.byteLength(JSON.stringify(schema)) > MOST_BYTES) {
    return refused('too-large', `A form may have ${MOST_BYTES} bytes.`);
  }
  const reader = new SchemaReader();
  const plain = reader.read(schema);
  return { problems: reader.problems, plain };
}

interface Part {
  own: number;
  readonly refs: { readonly to: string; readonly pointer: string }[];
}

const TOP = '';

class SchemaReader {
  readonly problems: Problem[] = [];
  readonly #parts = new Map<string, Part>();
  #patterns = 0;

  read(schema: Record<string, unknown>): Record<string, unknown> {
    if (schema.type !== 'object') this.#report('/type', 'answers-are-an-object', 'The type of a form is "object".');
    if (schema.$schema !== undefined && schema.$schema !== FORM_DIALECT) {
      this.#report('/$schema', 'dialect-not-supported', `The dialect of forms is ${FORM_DIALECT}.`);
    }
    const plain = this.#visit(schema, '', TOP) as Record<string, unknown>;
    for (const [name, { refs }] of this.#parts) {
      for (const { to, pointer } of refs) {
        if (!this.#parts.has(to)) this.#report(pointer, 'ref-unknown', 'The form has nothing of this name in $defs.');
        else if (this.#leadsTo(to, name)) this.#report(pointer, 'ref-circular', 'A form cannot contain itself.');
      }
    }
    if (this.#patterns > MOST_PATTERNS) this.#report('', 'too-complex', `A form may have ${MOST_PATTERNS} patterns.`);
    if (this.problems.length === 0 && this.#weightOf(TOP, new Map()) > MOST_PARTS) {
      this.#report('', 'too-complex', `A form may have ${MOST_PARTS} parts, each counted wherever it is referred to.`);
    }
    return plain;
  }

  #visit(node: unknown, pointer: string, part: string): unknown {
    // Of what is neither the meta-schema tells.
    if (!isObject(node)) return node;
    this.#part(part).own += 1;
    const entries = Object.entries(node).flatMap(([keyword, held]): [string, unknown][] => {
      const at = `${pointer}/${token(keyword)}`;
      if (keyword.startsWith('x-')) return [];
      if (onlyAtTheTop.has(keyword) && pointer !== '') {
        this.#report(at, 'only-at-the-top', `${keyword} stands at the top of a form, or nowhere.`);
        return [];
      }
      if (keyword === '$id' || keyword === '$schema') return [];
      const holds = keywords.get(keyword);
      if (holds === undefined) {
        this.#report(at, 'keyword-not-supported', 'Forms do not know this keyword; one of your own begins with x-.');
        return [];
      }
      this.#check(keyword, held, at, part);
      return [[keyword, this.#inside(holds, held, at, keyword === '$defs' ? null : part)]];
    });
    return Object.fromEntries(entries);
  }

  /** @param part null where each name begins a part of its own */
  #inside(holds: Holds, held: unknown, pointer: string, part: string | null): unknown {
    if (holds === 'schema') return this.#visit(held, pointer, part ?? TOP);
    if (holds === 'list' && Array.isArray(held)) {
      return held.map((each, index) => this.#visit(each, `${pointer}/${index}`, part ?? TOP));
    }
    if (holds !== 'named' || !isObject(held)) return held;
    return Object.fromEntries(
      Object.entries(held).map(([name, each]) => {
        this.#part(part ?? name);
        return [name, this.#visit(each, `${pointer}/${token(name)}`, part ?? name)];
      }),
    );
  }

  #check(keyword: string, held: unknown, pointer: string, part: string): void {
    if (typeof held !== 'string') return;
    if (keyword === 'format' && !formFormats.some((format) => format === held)) {
      this.#report(pointer, 'format-not-supported', `Forms know the formats ${formFormats.join(', ')}.`);
    }
    if (keyword === 'pattern') this.#checkPattern(held, pointer);
    if (keyword !== '$ref') return;
    const name = /^#\/\$defs\/([^/%]+)$/.exec(held)?.[1];
    if (name === undefined) this.#report(pointer, 'ref-not-supported', 'A $ref leads to #/$defs/<name> of the form.');
    else this.#part(part).refs.push({ to: name.replaceAll('~1', '/').replaceAll('~0', '~'), pointer });
  }

  #checkPattern(pattern: string, pointer: string): void {
    this.#patterns += 1;
    try {
      linearPattern(pattern);
    } catch (error) {
      const why = error instanceof Error ? error.message : 'unknown';
      this.#report(pointer, 'pattern-not-supported', `Patterns are those of RE2: ${why}.`);
    }
  }

  #leadsTo(from: string, target: string, seen = new Set<string>()): boolean {
    if (from === target) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return this.#part(from).refs.some(({ to }) => this.#leadsTo(to, target, seen));
  }

  #weightOf(name: string, known: Map<string, number>): number {
    const { own, refs } = this.#part(name);
    const weight = known.get(name) ?? refs.reduce((sum, { to }) => sum + this.#weightOf(to, known), own);
    known.set(name, weight);
    return weight;
  }

  #part(name: string): Part {
    const part = this.#parts.get(name) ?? { own: 0, refs: [] };
    this.#parts.set(name, part);
    return part;
  }

  #report(pointer: string, code: string, detail: string): void {
    this.problems.push({ pointer, code, detail });
  }
}

export function isObject(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}

/** A step of a JSON pointer. */
export function token(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function isDeeper(node: unknown, levels: number): boolean {
  if (typeof node !== 'object' || node === null) return false;
  return levels === 0 || Object.values(node).some((inner) => isDeeper(inner, levels - 1));
}
