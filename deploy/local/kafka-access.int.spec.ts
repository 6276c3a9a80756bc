import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { agreementTopic, contactTopic, deadLetterTopicOf, registrationTopic, topics } from '@expo-accord/contracts';
import { createTopics, kafkaSettings } from '@expo-accord/messaging';
import { readSettings } from '@expo-accord/settings';
import { Kafka, logLevel, type SASLOptions } from 'kafkajs';
import { type RunningKafka, startKafka } from './kafka';
import { grantLocalAccess } from './kafka-access';
import { kafkaLogin, type KafkaUser } from './kafka-users';
import { newSecrets } from './secrets';

const services = ['events', 'registrations', 'agreements', 'notifications'] as const;
const { kafkaPasswords: passwords } = newSecrets();
const prefix = 'spec.';
const deadContacts = deadLetterTopicOf('notifications.contacts');
const refused = /not authorized/i;

let folder: string;
let kafka: RunningKafka;

const configOf = (user: KafkaUser) =>
  readSettings(kafkaSettings, {
    KAFKA_BROKERS: kafka.brokers.join(','),
    KAFKA_TOPIC_PREFIX: prefix,
    ...kafkaLogin(user, passwords),
  });

const log = (): void => undefined;

const clientWith = (sasl?: SASLOptions) =>
  new Kafka({
    brokers: kafka.brokers,
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    retry: { retries: 0 },
    ...(sasl && { sasl }),
  });

const clientOf = (user: KafkaUser) => clientWith({ mechanism: 'plain', username: user, password: passwords[user] });

async function write(user: KafkaUser, topic: string): Promise<void> {
  const producer = clientOf(user).producer({ idempotent: true, retry: { retries: 3 } });
  await producer.connect();
  try {
    await producer.send({ topic: prefix + topic, messages: [{ key: 'a', value: `by ${user}` }] });
  } finally {
    await producer.disconnect();
  }
}

/** The first record of the topic as this user gets it, in one of its own groups if no other is named. */
async function read(user: KafkaUser, topic: string, group = `${user}.spec`): Promise<string> {
  for (;;) {
    try {
      return await readOnce(user, topic, group);
    } catch (error) {
      // A broker that is new begins with its groups only when it is first asked.
      if (!/coordinator/.test(String(error) + String((error as Error).cause))) throw error;
    }
  }
}

async function readOnce(user: KafkaUser, topic: string, group: string): Promise<string> {
  const consumer = clientOf(user).consumer({ groupId: prefix + group, retry: { retries: 0 } });
  await consumer.connect();
  try {
    await consumer.subscribe({ topic: prefix + topic, fromBeginning: true });
    return await new Promise<string>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        reject(payload.error);
      });
      const eachMessage = ({ message }: { message: { value: Buffer | null } }) => {
        resolve(String(message.value));
        return Promise.resolve();
      };
      consumer.run({ eachMessage }).catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
}

async function topicsSeenWith(sasl: SASLOptions | undefined): Promise<string[]> {
  const admin = clientWith(sasl).admin();
  await admin.connect();
  return await admin.listTopics().finally(() => admin.disconnect());
}

beforeAll(async () => {
  Logger.overrideLogger(false);
  folder = mkdtempSync(join(tmpdir(), 'expo-accord-access-'));
  kafka = await startKafka({ folder, passwords, brief: true });
  // Twice, as at a second start.
  for (let start = 0; start < 2; start += 1) await grantLocalAccess(configOf('admin'));
});

afterAll(async () => {
  await kafka.process.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the local Kafka, where each service logs in as itself', () => {
  it('lets each service make its own topics and dead letters', async () => {
    for (const service of services) {
      const own = topics.filter(({ owner }) => owner === service);
      await createTopics(configOf(service), own, [`${service}.spec`], log);
    }
    await createTopics(configOf('notifications'), [], ['notifications.contacts'], log);
    await expect(createTopics(configOf('events'), [], ['agreements.other'], log)).rejects.toThrow(
      /^Kafka refuses to create spec\.dead-letters\.agreements\.other \(.*authoriz/,
    );
  });

  it('lets notifications read the contacts that registrations writes', async () => {
    await write('registrations', contactTopic.name);
    expect(await read('notifications', contactTopic.name)).toBe('by registrations');
  });

  it.each(['events', 'agreements', 'registrations'] as const)(
    'lets %s read neither contacts nor what became of them as dead letters',
    async (service) => {
      await write('notifications', deadContacts.name);
      await expect(read(service, contactTopic.name)).rejects.toThrow(refused);
      await expect(read(service, deadContacts.name)).rejects.toThrow(refused);
    },
  );

  it("lets nobody write to another's topic", async () => {
    await expect(write('events', registrationTopic.name)).rejects.toThrow(refused);
    await expect(write('events', contactTopic.name)).rejects.toThrow(refused);
    await expect(write('notifications', contactTopic.name)).rejects.toThrow(refused);
  });

  it("lets everybody read what is not restricted, but not as a member of another's group", async () => {
    await write('agreements', agreementTopic.name);
    expect(await read('events', agreementTopic.name)).toBe('by agreements');
    // The broker says whose right is missing, but kafkajs only that it was told of no coordinator.
    await expect(readOnce('events', agreementTopic.name, 'notifications.webhooks')).rejects.toThrow(/coordinator/);
    expect(await read('notifications', agreementTopic.name, 'notifications.webhooks')).toBe('by agreements');
  });

  it('lets in nobody without a password, or with a wrong one', async () => {
    const wrong = { mechanism: 'plain', username: 'notifications', password: passwords.events } as const;
    await expect(topicsSeenWith(undefined)).rejects.toThrow();
    await expect(topicsSeenWith(wrong)).rejects.toThrow(/authentication/i);
  });

  it('keeps the passwords from other users of the machine', () => {
    expect(statSync(join(folder, 'server.properties')).mode & 0o077).toBe(0);
  });
});
