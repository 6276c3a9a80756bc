import { messages, topics } from './catalogue';
import { type MessageContract, type TopicContract, type Visibility } from './contract';
import { toHeaders, type MessageHeaders } from './envelope';
import { type Json, withReferences } from './json-schema';

const dayMs = 86_400_000;

/**
 * AsyncAPI 3.0 of the topics and messages with these visibilities, generated from the contracts. Operations are seen
 * from our side: we send. Outsiders need the public part only.
 */
export function asyncApiDocument(visibilities: readonly Visibility[] = ['public', 'internal', 'restricted']): Json {
  const shown = topics.filter((topic) => visibilities.includes(topic.visibility));
  const carried = messages.filter((message) => shown.includes(message.topic));
  const payloads = carried.map((message) => withReferences(message.schema, '#/components/schemas/'));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'expo-accord messages',
      version: '1.0.0',
      description:
        'CloudEvents 1.0 on Kafka in binary mode. A message takes effect once where (ce_epoch, ce_sequence) of its ' +
        'ce_source is higher than the last one seen. Optional fields may be added to a version; nothing else changes.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(shown.map((topic) => [topic.name, channelOf(topic, carried)])),
    operations: Object.fromEntries(shown.map((topic) => [`send.${topic.name}`, operationOf(topic)])),
    components: {
      messages: Object.fromEntries(
        carried.map((message, i) => [message.type, messageOf(message, payloads[i]?.schema)]),
      ),
      schemas: Object.assign({}, ...payloads.map(({ definitions }) => definitions)) as Json,
      messageTraits: { cloudEvent: cloudEventTrait() },
    },
  };
}

function channelOf(topic: TopicContract, carried: readonly MessageContract[]): Json {
  const types = carried.filter((message) => message.topic === topic).map((message) => message.type);
  const readers = topic.readers === undefined ? '' : ` Read by ${topic.readers.join(', ')} alone.`;
  return {
    address: topic.name,
    description: `What happens to each of the ${topic.aggregate}, in order. Written by ${topic.owner}.${readers}`,
    messages: Object.fromEntries(types.map((type) => [type, { $ref: `#/components/messages/${type}` }])),
    tags: [{ name: topic.visibility }],
    bindings: {
      kafka: {
        topic: topic.name,
        partitions: topic.partitions,
        topicConfiguration: {
          'cleanup.policy': [topic.cleanup],
          'retention.ms': topic.retention === 'forever' ? -1 : topic.retention.days * dayMs,
        },
        bindingVersion: '0.5.0',
      },
    },
  };
}

function operationOf(topic: TopicContract): Json {
  return { action: 'send', channel: { $ref: `#/channels/${topic.name}` }, tags: [{ name: topic.owner }] };
}

function messageOf(message: MessageContract, payload: Json | undefined): Json {
  return {
    name: message.type,
    title: message.type,
    summary: message.description,
    tags: [{ name: message.visibility }],
    traits: [{ $ref: '#/components/messageTraits/cloudEvent' }],
    payload,
    examples: [{ headers: exampleHeaders(message), payload: message.example }],
    bindings: { kafka: { key: { type: 'string', description: 'tenant id/aggregate id' }, bindingVersion: '0.5.0' } },
  };
}

function exampleHeaders({ type, topic }: MessageContract): MessageHeaders {
  const aggregateId = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b';
  const tenantId = '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a00';
  return toHeaders({
    id: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a01',
    source: `/${topic.aggregate}/${aggregateId}`,
    type,
    subject: aggregateId,
    time: '2024-10-17T02:00:00.000Z',
    partitionKey: `${tenantId}/${aggregateId}`,
    tenantId,
    correlationId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a02',
    causationId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a02',
    epoch: 1,
    sequence: 1,
  });
}

function cloudEventTrait(): Json {
  const text = (description: string): Json => ({ type: 'string', description });
  const properties: Record<string, Json> = {
    ce_specversion: { type: 'string', const: '1.0' },
    ce_id: text("UUIDv7, the message's own"),
    ce_source: text('/<aggregate>/<id>: whose stream this is'),
    ce_type: text("the message's type with its version"),
    ce_subject: text('what it is about'),
    ce_time: { ...text('when it was written, RFC 3339 in UTC'), format: 'date-time' },
    ce_dataschema: text('where the JSON Schema of the payload is, relative to the API'),
    ce_partitionkey: text('the key of the Kafka record'),
    ce_tenant: text('whose it is'),
    ce_correlationid: text('the same for all that one request led to'),
    ce_causationid: text('the request or message that caused this one'),
    ce_epoch: { ...text('raised when a backup is restored'), pattern: '^[0-9]{6}$' },
    ce_sequence: { ...text("position in the source's stream, from 1, without gaps"), pattern: '^[0-9]{20}$' },
  };
  return {
    contentType: 'application/json',
    correlationId: { location: '$message.header#/ce_correlationid' },
    headers: {
      type: 'object',
      required: Object.keys(properties),
      properties: { ...properties, traceparent: text('W3C trace context') },
    },
  };
}
