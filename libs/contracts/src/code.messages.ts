import { Type, type Static } from '@sinclair/typebox';
import { Code, LocalizedText, Uuid } from '@expo-accord/values';
import { base, exampleBase } from './base';
import { defineMessage, defineTopic } from './contract';

export const codeTopic = defineTopic({
  name: 'events.code',
  owner: 'events',
  aggregate: 'codes',
  partitions: 3,
  retention: 'forever',
  cleanup: 'delete',
  visibility: 'public',
});

/** A value that a tenant added to a code list. What is shipped with the product is no tenant's, and does not travel. */
export const CodeSnapshot = Type.Object({
  ...base,
  codeId: Uuid,
  list: Type.String({ minLength: 1, description: 'the list, such as event-kinds' }),
  code: Code,
  names: LocalizedText,
  status: Type.Union([Type.Literal('active'), Type.Literal('retired')], {
    description: 'retired: still the name of what was entered under it, no longer offered',
  }),
});
export type CodeSnapshot = Static<typeof CodeSnapshot>;

const codeId = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5ad1';

export const codeRecorded = defineMessage({
  name: 'code.recorded',
  topic: codeTopic,
  description: 'A code was added to a list, renamed, retired or reinstated.',
  schema: CodeSnapshot,
  example: {
    ...exampleBase('code-lists/event-kinds/codes/roadshow'),
    codeId,
    list: 'event-kinds',
    code: 'roadshow',
    names: { original: 'en', texts: { en: 'Road show', zh: '路演' } },
    status: 'active',
  },
});

export const codeMessages = [codeRecorded] as const;
