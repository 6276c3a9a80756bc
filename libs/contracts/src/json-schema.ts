import { type TSchema } from '@sinclair/typebox';
import {
  ExternalRef,
  LocalizedText,
  PartialDate,
  PersonName,
  plainSchema,
  Quantity,
  ScheduledTime,
} from '@expo-accord/values';
import { type MessageContract } from './contract';
import { dataSchemaOf } from './envelope';

export type Json = Record<string, unknown>;

/** The value types that documents name instead of repeating them; larger ones first, since they contain others. */
const named: readonly (readonly [name: string, text: string])[] = Object.entries({
  Quantity,
  PersonName,
  LocalizedText,
  PartialDate,
  ScheduledTime,
  ExternalRef,
}).map(([name, schema]: [string, TSchema]) => [name, JSON.stringify(schema)] as const);

/**
 * A schema as plain JSON Schema in which each value type is a `$ref` below `prefix` (`#/$defs/`), and those value types,
 * by name.
 */
export function withReferences(schema: TSchema, prefix: string): { schema: Json; definitions: Json } {
  const definitions: Json = {};
  const refer = (node: unknown, owner?: string): unknown => {
    if (Array.isArray(node)) return node.map((item) => refer(item));
    if (typeof node !== 'object' || node === null) return node;
    const text = JSON.stringify(node);
    const name = named.find(([candidate, schemaText]) => candidate !== owner && schemaText === text)?.[0];
    if (name === undefined) {
      return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, refer(value)]));
    }
    definitions[name] ??= refer(node, name);
    return { $ref: prefix + name };
  };
  return { schema: refer(plainSchema(schema)) as Json, definitions };
}

/** A contract's data as a JSON Schema (2020-12) that stands alone: this is what `released/` keeps and the API serves. */
export function jsonSchemaOf(contract: MessageContract): Json {
  const { schema, definitions } = withReferences(contract.schema, '#/$defs/');
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: dataSchemaOf(contract.type),
    title: contract.type,
    description: contract.description,
    'x-topic': contract.topic.name,
    'x-visibility': contract.visibility,
    ...schema,
    $defs: definitions,
    examples: [contract.example],
  };
}
