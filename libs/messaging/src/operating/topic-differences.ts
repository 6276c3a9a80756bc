import { type TopicContract } from '@expo-accord/contracts';
import { topicConfiguration } from '../kafka/create-topics';
import { type TopicState } from './describe-topics';

/** One property in which a topic is not what its contract says. */
export interface TopicDifference {
  readonly topic: string;
  readonly property: string;
  readonly expected: string;
  readonly actual: string;
}

/** In what the topic departs from its contract; `replication` is how many copies are wanted, where that is known. */
export function topicDifferences(state: TopicState, replication: number | undefined): TopicDifference[] {
  const { contract, exists, partitions, settings } = state;
  if (!exists) {
    return [{ topic: contract.name, property: 'topic', expected: 'exists', actual: 'missing' }];
  }
  const replicas = Math.min(...partitions.map((partition) => partition.replicas.length));
  return [
    ...differing(contract, 'partitions', contract.partitions, partitions.length),
    ...(replication === undefined ? [] : differing(contract, 'replication', replication, replicas)),
    ...partitions.flatMap(({ partition, replicas: all, inSync }) =>
      differing(contract, `in-sync replicas of partition ${partition}`, all.length, inSync.length),
    ),
    ...topicConfiguration(contract).flatMap(({ name, value }) =>
      differing(contract, name, value, settings[name] ?? 'unknown'),
    ),
  ];
}

function differing(
  { name }: TopicContract,
  property: string,
  expected: string | number,
  actual: string | number,
): TopicDifference[] {
  return String(expected) === String(actual)
    ? []
    : [{ topic: name, property, expected: String(expected), actual: String(actual) }];
}
