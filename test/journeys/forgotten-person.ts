import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contactTopic, deadLetterTopicOf, consumers, topics } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { type IncomingRecord, type KafkaConfig, kafkaSettings, readTopics } from '@expo-accord/messaging';
import { readSettings } from '@expo-accord/settings';
import { ConfigResourceTypes, type IHeaders, Kafka, logLevel } from 'kafkajs';
import { type ApiClient } from '../../deploy/demo/api-client';
import { type Tenant } from '../../deploy/local/demo-tenant';
import { infrastructureAddress } from '../support/infrastructure';
import { onDatabaseOf } from '../support/operating';
import { openEvent } from '../support/sign-ups';
import { type TestStack } from '../support/stack';
import { tablesWith } from '../support/tables-with';
import { until } from '../support/until';

const email = 'lethe@forgotten.example';

/** What nobody but this person has: in several scripts, and in each field that takes a text. */
const words = ['김망각', 'Lethe', email, '010-7777', 'M77770', 'Styx Ferries', 'no river fish'];

/** All topics that there are, with the dead letters of every consumer. */
const allTopics = [...topics, ...consumers.map(({ name }) => deadLetterTopicOf(name))].map(({ name }) => name);

export interface Surroundings {
  readonly test: TestStack;
  readonly tenant: Tenant;
  readonly api: ApiClient;
}

/** Somebody who signs up, is to be forgotten, and is then looked for wherever data can be. */
class ForgottenPerson {
  readonly #ref = `lethe-${String(Date.now())}`;
  #id = '';

  constructor(
    private readonly around: Surroundings,
    private readonly eventId: string,
  ) {}

  get signUp(): object {
    return {
      category: 'buyer',
      notify: 'changes',
      externalRefs: [{ system: 'river', id: this.#ref }],
      person: {
        name: { texts: { ko: '김망각', en: 'Lethe Kim' }, order: 'familyFirst' },
        email,
        phone: '010-7777',
        document: { kind: 'passport', number: 'M77770' },
      },
      organization: { name: 'Styx Ferries' },
      answers: { diet: 'no river fish' },
    };
  }

  async register(): Promise<string> {
    this.#id = String((await this.around.api.post(`/v1/events/${this.eventId}/registrations`, this.signUp)).id);
    return this.#id;
  }

  /** The beginning of an upload with this person in it; it goes on when its end is sent. */
  beginUpload(): { end: () => Promise<unknown> } {
    let controller!: ReadableStreamDefaultController;
    const body = new ReadableStream({
      start: (opened) => {
        controller = opened;
      },
    });
    const line = `${JSON.stringify(this.signUp)}\n`;
    const headers = { authorization: `Bearer ${this.around.tenant.key}`, 'content-type': 'application/x-ndjson' };
    const url = `${this.around.test.url}/v1/events/${this.eventId}/imports`;
    const answer = fetch(url, { method: 'POST', headers, body, duplex: 'half' });
    controller.enqueue(Buffer.from(line.repeat(500)));
    return {
      end: async () => {
        controller.close();
        return (await answer).json();
      },
    };
  }

  /** A second contact message of this person that breaks its contract: notifications parks it as it came. */
  async sendBrokenContact(): Promise<void> {
    let first: IncomingRecord | undefined;
    await readTopics(this.kafka, [contactTopic.name], (record) => {
      if (String(record.key).endsWith(this.#id)) first = record;
    });
    if (first === undefined) throw new Error('The first contact message is not there yet');
    const headers = { ...first.headers, ce_id: newId(), ce_sequence: '2'.padStart(20, '0') } as IHeaders;
    const producer = openKafka().producer();
    await producer.connect();
    const topic = `${this.around.test.topicPrefix}${contactTopic.name}`;
    await producer.send({ topic, messages: [{ key: first.key, headers, value: JSON.stringify({ email }) }] });
    await producer.disconnect();
  }

  /** Tables of both services, as `service.table`. */
  async tables(): Promise<string[]> {
    const found = await Promise.all(
      (['registrations', 'notifications'] as const).map(async (service) => {
        const tables = await onDatabaseOf(this.around.test.stack, service, (db) =>
          tablesWith((sql, values) => db.query(sql, values), [...words, this.#ref]),
        );
        return tables.map((table) => `${service}.${table}`);
      }),
    );
    return found.flat();
  }

  /** Topics, without their prefix, that still hold a record with one of the words in key, headers or value. */
  async topics(among: readonly string[] = allTopics): Promise<string[]> {
    const found = new Set<string>();
    await readTopics(this.kafka, among, ({ topic, key, headers, value }) => {
      const text = [key, value, JSON.stringify(headers)].map(String).join(' ');
      if (words.some((word) => text.includes(word))) found.add(topic);
    });
    return [...found];
  }

  logs(): string[] {
    const folder = join(this.around.test.folder, 'logs');
    return readdirSync(folder).filter((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      return words.some((word) => text.includes(word));
    });
  }

  async erase(): Promise<void> {
    await this.around.api.post(`/v1/registrations/${this.#id}/erase`);
  }

  /** Has Kafka compact the contact topic as soon as it may, and the service say what keeps its partitions moving. */
  async hurryCompaction(): Promise<void> {
    const entries = {
      'cleanup.policy': 'compact',
      'segment.ms': 1,
      'min.cleanable.dirty.ratio': 0,
      'max.compaction.lag.ms': 1,
    };
    const admin = openKafka().admin();
    await admin.connect();
    await admin.alterConfigs({
      validateOnly: false,
      resources: [
        {
          type: ConfigResourceTypes.TOPIC,
          name: `${this.around.test.topicPrefix}${contactTopic.name}`,
          configEntries: Object.entries(entries).map(([name, value]) => ({ name, value: String(value) })),
        },
      ],
    });
    await admin.disconnect();
    await this.heartbeat();
  }

  private async heartbeat(): Promise<void> {
    await onDatabaseOf(this.around.test.stack, 'registrations', (db) =>
      db.query(`UPDATE contact_heartbeat SET beaten_at = now() - interval '1 day'`),
    );
    // Whatever is said of a retention wakes the worker that looks after both.
    await fetch(`${this.around.test.url}/v1/events/${this.eventId}/retention`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${this.around.tenant.key}`,
        'content-type': 'application/merge-patch+json',
        'if-match': '"0"',
      },
      body: '{"days":30}',
    });
  }

  private get kafka(): KafkaConfig {
    return readSettings(kafkaSettings, this.around.test.stack.kafkaSettingsOf('admin'));
  }
}

/** As somebody who need not log in. */
function openKafka(): Kafka {
  return new Kafka({ brokers: infrastructureAddress().kafka.openBrokers ?? [], logLevel: logLevel.NOTHING });
}

/** To be called inside a `describe` whose stack it uses. */
export function describeForgetting(around: () => Surroundings): void {
  it('keep nothing of a person who was erased: in no table, topic or log, a quiet partition and parked messages included', async () => {
    const { api } = around();
    const eventId = await openEvent(api);
    const lethe = new ForgottenPerson(around(), eventId);
    await lethe.register();
    const upload = lethe.beginUpload();
    await until(
      () => lethe.topics(['registrations.contact']),
      (found) => found.length > 0,
    );
    await lethe.sendBrokenContact();
    const kept = [
      'registrations.registrant',
      'registrations.registration',
      'registrations.registration_ref',
      'registrations.idempotency_key',
      'registrations.import_chunk',
      'notifications.contact',
      'notifications.parked_message',
    ];
    await until(
      () => lethe.tables(),
      (tables) => kept.every((table) => tables.includes(table)),
    );
    const { asOf: _, ...counted } = await api.get(`/v1/events/${eventId}/breakdown`);
    await lethe.erase();
    await until(
      () => lethe.tables(),
      (tables) => tables.length === 0,
    );
    await lethe.hurryCompaction();
    await until(
      () => lethe.topics(['registrations.contact']),
      (found) => found.length === 0,
      120_000,
    );
    await upload.end();
    expect([await lethe.tables(), await lethe.topics(), lethe.logs()]).toEqual([[], [], []]);
    expect(await api.get(`/v1/events/${eventId}/breakdown`)).toMatchObject(counted);
    await expect(api.post(`/v1/events/${eventId}/registrations`, lethe.signUp)).rejects.toThrow('person-erased');
  }, 240_000);
}
