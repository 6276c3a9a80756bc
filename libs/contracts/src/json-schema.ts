import { plainSchema } from '@expo-accord/values';
import { type MessageContract } from './contract';
import { dataSchemaOf } from './envelope';

/** A contract's data as a JSON Schema (2020-12) that stands alone: this is what `released/` keeps and the API serves. */
export function jsonSchemaOf(contract: MessageContract): Record<string, unknown> {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: dataSchemaOf(contract.type),
    title: contract.type,
    description: contract.description,
    'x-topic': contract.topic.name,
    'x-visibility': contract.visibility,
    ...plainSchema(contract.schema),
    examples: [contract.example],
  };
}
