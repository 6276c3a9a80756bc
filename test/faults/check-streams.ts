import { grouped } from './grouped';
import { type Finding, type Said, type Streams } from './history';

/**
 * Of every aggregate: it lies in one partition; its messages came first in the order of their numbers, from 1 and
 * without a gap; what came again came with the same id and content; and the topic's last number and what the outbox
 * still holds make up what the owner has given out. Backups are not restored here, so there is one epoch.
 */
export function checkStreams(said: readonly Said[], streams: readonly Streams[]): Finding[] {
  const bySource = grouped(said, ({ source }) => source);
  const owned = new Map(streams.flatMap(({ counters }) => [...counters]));
  const unsent = grouped(
    streams.flatMap((stream) => stream.unsent),
    ({ source }) => source,
  );
  const sources = new Set([...owned.keys(), ...bySource.keys(), ...unsent.keys()]);
  return [...sources].flatMap((source) => {
    const messages = bySource.get(source) ?? [];
    const counter = owned.get(source);
    const numbersOnTopic = new Map(messages.map(({ sequence, id }) => [sequence, id]));
    return [
      ...orderFindings(source, messages),
      ...repetitionFindings(source, [...messages, ...(unsent.get(source) ?? [])]),
      ...lossFindings(source, numbersOnTopic, unsent.get(source)?.map(({ sequence }) => sequence) ?? [], counter),
    ];
  });
}

function orderFindings(source: string, messages: readonly Said[]): Finding[] {
  const findings: Finding[] = [];
  const partitions = new Set(messages.map(({ topic, partition }) => `${topic}/${partition}`));
  if (partitions.size > 1) {
    findings.push({ kind: 'reordering', about: source, detail: `lies in ${[...partitions].join(' and ')}` });
  }
  const seen = new Set<number>();
  let highest = 0;
  for (const { sequence } of messages) {
    if (!seen.has(sequence) && sequence < highest) {
      findings.push({ kind: 'reordering', about: source, detail: `${sequence} came first after ${highest}` });
    }
    seen.add(sequence);
    highest = Math.max(highest, sequence);
  }
  return findings;
}

function repetitionFindings(
  source: string,
  messages: readonly (Pick<Said, 'sequence' | 'id'> & { text?: string | null })[],
): Finding[] {
  const findings: Finding[] = [];
  const first = new Map<number, (typeof messages)[number]>();
  for (const message of messages) {
    const before = first.get(message.sequence);
    first.set(message.sequence, before ?? message);
    const isTheSame =
      before === undefined || (before.id === message.id && (message.text ?? before.text) === before.text);
    if (!isTheSame) {
      const detail = `${message.sequence} is both ${before.id} and ${message.id}, or one with two contents`;
      findings.push({ kind: 'double', about: source, detail });
    }
  }
  const numbers = new Map<string, number>();
  for (const { id, sequence } of first.values()) {
    const other = numbers.get(id);
    if (other !== undefined) {
      findings.push({ kind: 'double', about: source, detail: `${id} has the numbers ${other} and ${sequence}` });
    }
    numbers.set(id, sequence);
  }
  return findings;
}

function lossFindings(
  source: string,
  onTopic: ReadonlyMap<number, string>,
  unsent: readonly number[],
  counter: number | undefined,
): Finding[] {
  if (counter === undefined) {
    return [{ kind: 'difference', about: source, detail: 'is told of, but its owner has never given out a number' }];
  }
  const there = new Set([...onTopic.keys(), ...unsent]);
  const missing = Array.from({ length: counter }, (_, index) => index + 1).filter((number) => !there.has(number));
  const beyond = [...there].filter((number) => number > counter);
  return [
    ...missing.map((number): Finding => {
      const detail = `${number} of ${counter} is neither on the topic nor in the outbox`;
      return { kind: 'loss', about: source, detail };
    }),
    ...beyond.map((number): Finding => {
      const detail = `${number} is told of, but its owner has given out ${counter} only`;
      return { kind: 'difference', about: source, detail };
    }),
  ];
}
