import { type Client } from 'pg';
import { fromHeaders, topics } from '@expo-accord/contracts';
import { type KafkaConfig, readTopics } from '@expo-accord/messaging';
import { type ConsumerState, type Said, type Streams } from './history';

/** Every record of these topics, or of all that services speak on. @throws EnvelopeError where one is unreadable. */
export async function readSaid(config: KafkaConfig, names = topics.map(({ name }) => name)): Promise<Said[]> {
  const said: Said[] = [];
  await readTopics(config, names, ({ topic, partition, offset, headers, value }) => {
    const { source, id, type, tenantId, epoch, sequence } = fromHeaders(headers);
    const text = value === null ? null : value.toString('utf8');
    said.push({ topic, partition, offset: Number(offset), source, id, type, tenantId, epoch, sequence, text });
  });
  return said;
}

/** What the schema of a service says of what it has said. */
export async function readStreams(client: Client, service: string): Promise<Streams> {
  const { rows: counters } = await client.query<{ source: string; last: number }>(
    `SELECT source, last_sequence::int AS last FROM ${service}.message_stream`,
  );
  const { rows: unsent } = await client.query<Streams['unsent'][number]>(
    `SELECT headers->>'ce_source' AS source, headers->>'ce_id' AS id, (headers->>'ce_epoch')::int AS epoch,
       (headers->>'ce_sequence')::int AS sequence
     FROM ${service}.outbox ORDER BY outbox.id`,
  );
  return { service, counters: new Map(counters.map(({ source, last }) => [source, last])), unsent };
}

/** And of what it has heard. */
export async function readConsumers(client: Client, service: string): Promise<ConsumerState[]> {
  type Of<T> = T & { consumer: string };
  const { rows: cursors } = await client.query<Of<ConsumerState['cursors'][number]>>(
    `SELECT consumer, source, epoch, sequence::int, state FROM ${service}.consumer_cursor`,
  );
  const { rows: positions } = await client.query<Of<ConsumerState['positions'][number]>>(
    `SELECT consumer, topic, partition, next_offset::int AS next FROM ${service}.consumer_position`,
  );
  const { rows: parked } = await client.query<{ consumer: string; source: string }>(
    `SELECT consumer, source FROM ${service}.parked_message`,
  );
  return [...new Set(positions.map(({ consumer }) => consumer))].map((consumer) => {
    const own = (row: { consumer: string }): boolean => row.consumer === consumer;
    return {
      consumer,
      cursors: cursors.filter(own),
      positions: positions.filter(own),
      parked: parked.filter(own).map(({ source }) => source),
    };
  });
}
