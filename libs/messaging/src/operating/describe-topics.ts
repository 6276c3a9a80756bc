import { type TopicContract } from '@expo-accord/contracts';
import { type Admin, ConfigResourceTypes } from 'kafkajs';
import { topicConfiguration } from '../kafka/create-topics';
import { withAdmin } from '../kafka/kafka-admin';
import { prefixed } from '../kafka/kafka-client';
import { type KafkaConfig } from '../kafka/kafka.settings';
import { topicOffsets } from '../kafka/topic-offsets';

export interface PartitionState {
  readonly partition: number;
  /** Ids of brokers. */
  readonly leader: number;
  readonly replicas: readonly number[];
  readonly inSync: readonly number[];
  readonly earliest: number;
  readonly end: number;
}

/** A topic as the cluster has it, next to its contract. */
export interface TopicState {
  readonly contract: TopicContract;
  readonly exists: boolean;
  readonly partitions: readonly PartitionState[];
  /** What the contract says something about: `retention.ms` and its kin. */
  readonly settings: Readonly<Record<string, string>>;
}

export interface ClusterTopics {
  readonly topics: readonly TopicState[];
  /** How many replicas this cluster gives a topic when nothing is said; undefined if we may not ask. */
  readonly defaultReplication: number | undefined;
}

export async function describeTopics(config: KafkaConfig, contracts: readonly TopicContract[]): Promise<ClusterTopics> {
  return withAdmin(config, async (admin) => {
    const existing = new Set(await admin.listTopics());
    const topics: TopicState[] = [];
    for (const contract of contracts) {
      const name = prefixed(config, contract.name);
      const exists = existing.has(name);
      topics.push({
        contract,
        exists,
        partitions: exists ? await partitionsOf(admin, name) : [],
        settings: exists ? await settingsOf(admin, name, contract) : {},
      });
    }
    return { topics, defaultReplication: await defaultReplicationOf(admin) };
  });
}

async function partitionsOf(admin: Admin, name: string): Promise<PartitionState[]> {
  const [metadata] = (await admin.fetchTopicMetadata({ topics: [name] })).topics;
  const offsets = new Map((await topicOffsets(admin, name)).map((range) => [range.partition, range]));
  return (metadata?.partitions ?? [])
    .map(({ partitionId, leader, replicas, isr }) => ({
      partition: partitionId,
      leader,
      replicas,
      inSync: isr,
      earliest: Number(offsets.get(partitionId)?.low ?? 0),
      end: Number(offsets.get(partitionId)?.high ?? 0),
    }))
    .sort((one, other) => one.partition - other.partition);
}

async function settingsOf(admin: Admin, name: string, contract: TopicContract): Promise<Record<string, string>> {
  const configNames = topicConfiguration(contract).map((entry) => entry.name);
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name, configNames }],
  });
  const entries = resources[0]?.configEntries ?? [];
  return Object.fromEntries(entries.map(({ configName, configValue }) => [configName, configValue]));
}

async function defaultReplicationOf(admin: Admin): Promise<number | undefined> {
  const setting = 'default.replication.factor';
  try {
    const { brokers } = await admin.describeCluster();
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: ConfigResourceTypes.BROKER, name: String(brokers[0]?.nodeId ?? 0), configNames: [setting] }],
    });
    const value = resources[0]?.configEntries.find(({ configName }) => configName === setting)?.configValue;
    return value === undefined ? undefined : Number(value);
  } catch {
    // A principal that may use topics need not be allowed to read the brokers' own settings.
    return undefined;
  }
}
