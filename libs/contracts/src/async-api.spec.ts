import { asyncApiDocument, messages, topics } from '.';

interface Document {
  asyncapi: string;
  channels: Record<string, { messages: Record<string, unknown>; bindings: { kafka: { topicConfiguration: object } } }>;
  components: { messages: Record<string, { payload: object }>; schemas: Record<string, unknown> };
}

/** Every `$ref` in a document. */
function referencesIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const own = '$ref' in node && typeof node.$ref === 'string' ? [node.$ref] : [];
  return [...own, ...Object.values(node).flatMap(referencesIn)];
}

function resolves(document: unknown, reference: string): boolean {
  const steps = reference.slice(2).split('/');
  return (
    steps.reduce<unknown>((node, step) => (node as Record<string, unknown> | undefined)?.[step], document) !== undefined
  );
}

describe('the AsyncAPI document', () => {
  const document = asyncApiDocument() as unknown as Document;

  it('describes every topic with its settings and every message', () => {
    expect(document.asyncapi).toBe('3.0.0');
    expect(Object.keys(document.channels)).toEqual(topics.map((topic) => topic.name));
    expect(Object.keys(document.components.messages)).toEqual(messages.map((message) => message.type));
    expect(document.channels['registrations.contact']?.bindings.kafka.topicConfiguration).toEqual({
      'cleanup.policy': ['compact'],
      'retention.ms': -1,
    });
    expect(document.channels['notifications.delivery']?.bindings.kafka.topicConfiguration).toMatchObject({
      'retention.ms': 2_592_000_000,
    });
  });

  it('refers only to what it contains, and says each value type once', () => {
    const references = referencesIn(document);
    expect(references).toContain('#/components/schemas/Quantity');
    expect(references.filter((reference) => !resolves(document, reference))).toEqual([]);
    expect(JSON.stringify(document).match(/"moreThan","type":"string"/g)).toHaveLength(1);
  });

  it('shows outsiders public topics only', () => {
    const shown = asyncApiDocument(['public']) as unknown as Document;
    expect(Object.keys(shown.channels)).toEqual(topics.filter((t) => t.visibility === 'public').map((t) => t.name));
    expect(JSON.stringify(shown)).not.toMatch(/registrations\.contact|email/);
  });

  it('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});
