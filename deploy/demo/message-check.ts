import { contractOf, type Envelope, EnvelopeError, fromHeaders, problemsOf, topics } from '@expo-accord/contracts';
import { type IncomingRecord, type KafkaConfig, readTopics } from '@expo-accord/messaging';

export interface MessageCheck {
  /** How many messages there are of each type. */
  countsByType: Map<string, number>;
  /** What is wrong with any of them, in words; at most a hundred are kept. */
  problems: string[];
}

const mostProblems = 100;

/**
 * Reads every topic from the beginning and holds each message against what is promised to outsiders: a CloudEvent whose
 * data fits its schema, keyed by its aggregate, numbered without a gap, and with no trace of a registrant in it unless
 * the topic is restricted. `personal` tells what such a trace looks like.
 */
export async function checkMessages(config: KafkaConfig, personal: RegExp): Promise<MessageCheck> {
  const countsByType = new Map<string, number>();
  const problems: string[] = [];
  const lastSequences = new Map<string, string>();
  const restricted = new Set(topics.filter(({ visibility }) => visibility === 'restricted').map(({ name }) => name));
  const compacted = new Set(topics.filter(({ cleanup }) => cleanup === 'compact').map(({ name }) => name));
  await readTopics(
    config,
    topics.map(({ name }) => name),
    (record) => {
      const place = `${record.topic}/${record.partition}@${record.offset}`;
      const envelope = envelopeOf(record);
      if (envelope instanceof EnvelopeError) {
        problems.push(`${place}: ${envelope.message}`);
        return;
      }
      countsByType.set(envelope.type, (countsByType.get(envelope.type) ?? 0) + 1);
      const found = [
        ...(compacted.has(record.topic) && record.value === null ? [] : contractProblems(record, envelope)),
        ...orderProblems(envelope, lastSequences, compacted.has(record.topic)),
        ...(restricted.has(record.topic) || !personal.test(textOf(record)) ? [] : ['carries personal data']),
      ];
      if (problems.length < mostProblems)
        problems.push(...found.map((problem) => `${place} ${envelope.type}: ${problem}`));
    },
  );
  return { countsByType, problems };
}

function envelopeOf(record: IncomingRecord): Envelope | EnvelopeError {
  try {
    return fromHeaders(record.headers);
  } catch (error) {
    if (error instanceof EnvelopeError) return error;
    throw error;
  }
}

function contractProblems(record: IncomingRecord, envelope: Envelope): string[] {
  const contract = contractOf(envelope.type);
  if (contract === undefined) return ['is of no known type'];
  const data: unknown = JSON.parse(record.value?.toString('utf8') ?? 'null');
  return [
    ...problemsOf(contract, data).map(({ pointer, detail }) => `${pointer} ${detail}`),
    ...(contract.topic.name === record.topic ? [] : [`belongs on ${contract.topic.name}`]),
    ...(record.key?.toString('utf8') === envelope.partitionKey ? [] : ['is not keyed by its partition key']),
    ...(envelope.partitionKey.includes(envelope.subject) ? [] : ['is not keyed by its aggregate']),
  ];
}

/** A number may come again (a relay that heard no answer sends twice), but none may be left out; compaction leaves some out. */
function orderProblems({ source, epoch, sequence }: Envelope, last: Map<string, string>, compacted: boolean): string[] {
  const [lastEpoch = 0, lastSequence = 0] = (last.get(source) ?? '').split('.').filter(Boolean).map(Number);
  const repeats = epoch < lastEpoch || (epoch === lastEpoch && sequence <= lastSequence);
  if (repeats) return [];
  last.set(source, `${epoch}.${sequence}`);
  return compacted || epoch > Math.max(lastEpoch, 1) || sequence === lastSequence + 1
    ? []
    : [`follows number ${lastSequence} of its source as ${sequence}`];
}

function textOf({ key, headers, value }: IncomingRecord): string {
  return [key, ...Object.values(headers), value].map(String).join(' ');
}
