import {
  agreementTopic,
  codeTopic,
  commitmentTopic,
  type ConsumerName,
  contactTopic,
  eventTopic,
  figureTopic,
  organizationTopic,
  outcomeDocumentTopic,
  personTopic,
  placeTopic,
  projectTopic,
  registrationTopic,
  seriesTopic,
} from '@expo-accord/contracts';
import { type ConsumerState, type Finding, type Place, type Said } from './history';

/** What each is there to read, said here once more so that a consumer that forgot a topic is found. */
const reads: Readonly<Record<ConsumerName, readonly string[]>> = {
  'events.statistics': [registrationTopic.name, projectTopic.name, agreementTopic.name],
  'registrations.events': [eventTopic.name, organizationTopic.name],
  'agreements.events': [eventTopic.name, organizationTopic.name],
  'agreements.fulfilment': [eventTopic.name],
  'notifications.contacts': [contactTopic.name],
  'notifications.events': [eventTopic.name],
  'notifications.registrations': [registrationTopic.name],
  'notifications.webhooks': [
    eventTopic,
    seriesTopic,
    figureTopic,
    organizationTopic,
    personTopic,
    placeTopic,
    codeTopic,
    agreementTopic,
    projectTopic,
    commitmentTopic,
    outcomeDocumentTopic,
  ].map(({ name }) => name),
};

/** Of every consumer: it has taken each aggregate to its end and each partition to its end, and nothing waits parked. */
export function checkConsumers(said: readonly Said[], states: readonly ConsumerState[]): Finding[] {
  return Object.entries(reads).flatMap(([consumer, topics]) => {
    const read = said.filter(({ topic }) => topics.includes(topic));
    const state = states.find((one) => one.consumer === consumer);
    return [
      ...cursorFindings(consumer, read, state?.cursors ?? []),
      ...lagging(read, state?.positions ?? []).map((detail): Finding => ({ kind: 'stuck', about: consumer, detail })),
      ...[...new Set(state?.parked)].map((source): Finding => {
        return { kind: 'loss', about: source, detail: `is parked by ${consumer}` };
      }),
    ];
  });
}

/** Partitions that a consumer has not read to their end, in words. */
export function lagging(read: readonly Said[], positions: ConsumerState['positions']): string[] {
  const ends = new Map<string, number>();
  for (const { topic, partition, offset } of read) {
    const name = `${topic}/${partition}`;
    ends.set(name, Math.max(ends.get(name) ?? 0, offset + 1));
  }
  const stands = new Map(positions.map(({ topic, partition, next }) => [`${topic}/${partition}`, next]));
  return [...ends].flatMap(([name, end]) => {
    const next = stands.get(name) ?? 0;
    return next === end ? [] : [`${name} ends at ${end}, and it stands at ${next}`];
  });
}

function cursorFindings(consumer: string, read: readonly Said[], cursors: ConsumerState['cursors']): Finding[] {
  const last = new Map<string, Place>();
  for (const { source, epoch, sequence } of read) {
    if (sequence > (last.get(source)?.sequence ?? 0)) last.set(source, { epoch, sequence });
  }
  const stands = new Map(cursors.map((cursor) => [cursor.source, cursor]));
  return [...new Set([...last.keys(), ...stands.keys()])].flatMap((source): Finding[] => {
    const told = last.get(source)?.sequence ?? 0;
    const taken = stands.get(source)?.sequence ?? 0;
    if (told === taken) return [];
    const detail = `${consumer} has taken it to ${taken}, and the topic tells of it to ${told}`;
    return [{ kind: taken < told ? 'loss' : 'difference', about: source, detail }];
  });
}
