import { fromHeaders, type TopicContract, topics as everyTopic } from '@expo-accord/contracts';
import { type DataSource } from 'typeorm';
import { isLater, type Place } from '../consuming/reading';
import { type IncomingRecord } from '../kafka/kafka.port';
import { type KafkaConfig } from '../kafka/kafka.settings';
import { readTopics } from '../kafka/read-topics';
import { consumerLag } from './consumer-lag';
import { describeTopics } from './describe-topics';
import { countersNow, type SaidAndHeard, saidAndHeard } from './said-and-heard';
import { type StreamExpectation, StreamOrder } from './stream-order';

export interface VerifyFinding {
  readonly kind:
    'gap' | 'order' | 'partitions' | 'beyond' | 'cursor' | 'position' | 'unreadable' | 'forgotten' | 'topic';
  readonly topic: string;
  /** The aggregate, as in `ce_source`; null where it is not about one. */
  readonly source: string | null;
  readonly consumer: string | null;
  readonly detail: string;
}

export interface Verification {
  readonly topics: number;
  readonly records: number;
  readonly aggregates: number;
  readonly cursors: number;
  readonly findings: readonly VerifyFinding[];
}

/** What is on the topics, source by source. */
interface OnTopics {
  readonly orders: Map<string, StreamOrder>;
  readonly topicOf: Map<string, TopicContract>;
  records: number;
}

/**
 * Compares what the owner of `owned` says it has said and heard with what lies on the topics. May run beside the live
 * service: the database is looked at before the topics for what must be there, and after for what may be.
 */
export async function verifyStreams(
  dataSource: DataSource,
  config: KafkaConfig,
  owned: readonly TopicContract[],
): Promise<Verification> {
  const before = await saidAndHeard(
    dataSource,
    owned.map(({ name }) => name),
  );
  const lag = await consumerLag(dataSource, config);
  const read = new Set([...before.reads.values()].flat());
  const contracts = [...owned, ...everyTopic.filter((topic) => read.has(topic.name) && !owned.includes(topic))];
  const { topics } = await describeTopics(config, contracts);
  const begins = new Map(
    topics.map(({ contract, partitions }) => [
      contract.name,
      Math.max(0, ...partitions.map(({ earliest }) => earliest)),
    ]),
  );
  const existing = topics.filter(({ exists }) => exists).map(({ contract }) => contract);
  const findings: VerifyFinding[] = topics
    .filter(({ exists }) => !exists)
    .map(({ contract }) => about(contract.name, 'topic', 'is missing'));
  const found = await readAll(config, existing, begins, findings);
  const after = await countersNow(dataSource);
  findings.push(
    ...existing
      .filter((topic) => isForgotten(topic, begins))
      .map(({ name }) =>
        about(name, 'forgotten', `is to keep everything, but begins at offset ${begins.get(name) ?? 0}`),
      ),
    ...ofCursors(before, found, contracts, begins),
    ...lag
      .filter(({ trouble }) => trouble !== null)
      .map(({ topic, partition, position, consumer, trouble }) => ({
        ...about(topic, 'position', `stands at ${position ?? 0} of partition ${partition}: ${trouble ?? ''}`),
        consumer,
      })),
    ...ofStreams(
      { before, after },
      found,
      existing.filter((topic) => owned.includes(topic)),
      begins,
    ),
  );
  return {
    topics: existing.length,
    records: found.records,
    aggregates: before.counters.size,
    cursors: before.cursors.length,
    findings,
  };
}

type Begins = ReadonlyMap<string, number>;

function about(
  topic: string,
  kind: VerifyFinding['kind'],
  detail: string,
  source: string | null = null,
): VerifyFinding {
  return { kind, topic, source, consumer: null, detail };
}

function isForgotten({ name, retention, cleanup }: TopicContract, begins: Begins): boolean {
  return retention === 'forever' && cleanup === 'delete' && (begins.get(name) ?? 0) > 0;
}

function expectationOf({ name, retention, cleanup }: TopicContract, begins: Begins): StreamExpectation {
  const isCompacted = cleanup === 'compact';
  return {
    mayBeginAnywhere: isCompacted || (retention !== 'forever' && (begins.get(name) ?? 0) > 0),
    mayHaveGaps: isCompacted,
  };
}

async function readAll(
  config: KafkaConfig,
  contracts: readonly TopicContract[],
  begins: Begins,
  findings: VerifyFinding[],
): Promise<OnTopics> {
  const found: OnTopics = { orders: new Map(), topicOf: new Map(), records: 0 };
  const byName = new Map(contracts.map((topic) => [topic.name, topic]));
  const take = (record: IncomingRecord): void => {
    const contract = byName.get(record.topic);
    if (contract === undefined) return;
    found.records += 1;
    const envelope = readable(record);
    if (envelope === null) {
      const detail = `the record at ${record.partition}/${record.offset} has no readable envelope`;
      findings.push(about(record.topic, 'unreadable', detail));
      return;
    }
    let order = found.orders.get(envelope.source);
    if (order === undefined) {
      order = new StreamOrder(expectationOf(contract, begins));
      found.orders.set(envelope.source, order);
      found.topicOf.set(envelope.source, contract);
    }
    order.takeFromTopic({ epoch: envelope.epoch, sequence: envelope.sequence }, record.partition);
  };
  if (contracts.length > 0) await readTopics(config, [...byName.keys()], take);
  return found;
}

function readable({ headers }: IncomingRecord): (Place & { source: string }) | null {
  try {
    return fromHeaders(headers);
  } catch {
    return null;
  }
}

/** Of the service's own streams. */
function ofStreams(
  { before, after }: { before: SaidAndHeard; after: Pick<SaidAndHeard, 'epoch' | 'counters'> },
  { orders, topicOf }: OnTopics,
  owned: readonly TopicContract[],
  begins: Begins,
): VerifyFinding[] {
  const topicFor = (source: string): TopicContract | undefined =>
    owned.find(({ aggregate }) => source.startsWith(`/${aggregate}/`));
  const onTopic = new Map([...orders].map(([source, { last }]) => [source, last]));
  for (const { source, ...place } of before.unsent) {
    const topic = topicFor(source);
    if (topic === undefined) continue;
    if (!orders.has(source)) orders.set(source, new StreamOrder(expectationOf(topic, begins)));
    orders.get(source)?.take(place);
  }
  const isOwn = (source: string): boolean => owned.some((topic) => topic === topicOf.get(source));
  const sources = new Set([...before.counters.keys(), ...[...orders.keys()].filter(isOwn)]);
  return [...sources].flatMap((source) => {
    const topic = topicFor(source) ?? topicOf.get(source);
    if (topic === undefined) return [];
    const order = orders.get(source) ?? new StreamOrder(expectationOf(topic, begins));
    return [
      ...beyond(onTopic.get(source), after, source).map((detail) => about(topic.name, 'beyond', detail, source)),
      ...order
        .finish(before.counters.get(source) ?? 0)
        .map(({ kind, detail }) => about(topic.name, kind, detail, source)),
    ];
  });
}

/** A topic that knows more than the database which said it: that was restored from a backup. */
function beyond(
  last: Place | undefined,
  { epoch, counters }: Pick<SaidAndHeard, 'epoch' | 'counters'>,
  source: string,
): string[] {
  if (last === undefined) return [];
  if (last.epoch > epoch) return [`the topic has epoch ${last.epoch}, the database ${epoch}`];
  const counter = counters.get(source) ?? 0;
  return last.sequence > counter ? [`the topic goes to ${last.sequence}, the counter only to ${counter}`] : [];
}

/** Cursors of the service's consumers that stand where the topic never came. */
function ofCursors(
  { cursors, reads }: SaidAndHeard,
  { orders }: OnTopics,
  contracts: readonly TopicContract[],
  begins: Begins,
): VerifyFinding[] {
  return cursors.flatMap(({ consumer, source, ...place }) => {
    const topic = contracts.find(
      ({ name, aggregate }) => source.startsWith(`/${aggregate}/`) && reads.get(consumer)?.includes(name),
    );
    if (topic === undefined) return [];
    const last = orders.get(source)?.last;
    const isGone = last === undefined && expectationOf(topic, begins).mayBeginAnywhere;
    if (isGone || (last !== undefined && !isLater(place, last))) return [];
    const where =
      last === undefined ? 'which is not on the topic' : `the topic ends at ${last.sequence} of epoch ${last.epoch}`;
    const detail = `the cursor stands at ${place.sequence} of epoch ${place.epoch}, ${where}`;
    return [{ ...about(topic.name, 'cursor', detail, source), consumer }];
  });
}
