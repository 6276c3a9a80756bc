import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type AddressInfo } from 'node:net';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { eventPublished, type EventSnapshot, eventTopic, organizationTopic } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { closeGracefully, signCallerToken } from '@expo-accord/http';
import { createTopics } from '@expo-accord/messaging';
import { testDatabase, type TestDatabase, testKafka } from '../../../test/support/infrastructure';
import { MessageWire } from '../../../test/support/message-wire';
import { createApp } from '../src/app';
import { type AgreementsConfig, loadConfig } from '../src/config';
import { prepare } from '../src/prepare';
import { Clock } from '../src/reminders/clock';

const silent = (): void => undefined;

export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
  scopes?: string[];
}

/** One tenant's way to the service, as the gateway would forward its calls. */
export class Tenant {
  readonly id = newId();
  readonly keyId = newId();

  constructor(
    private readonly url: () => string,
    private readonly signingKey: KeyObject,
  ) {}

  async call<T = Record<string, unknown>>(method: Method, path: string, options: CallOptions = {}): Promise<Answer<T>> {
    const { scopes = ['agreements:read', 'agreements:write', 'history:write'], body, headers = {} } = options;
    const token = await signCallerToken(this.signingKey, { tenantId: this.id, keyId: this.keyId, scopes }, 90);
    const isText = typeof body === 'string';
    const response = await fetch(`${this.url()}/v1/${path}`, {
      method,
      headers: {
        'x-caller-token': token,
        ...(body === undefined ? {} : { 'content-type': isText ? 'application/x-ndjson' : 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /\bjson\b/.test(response.headers.get('content-type')?.replace('x-ndjson', '') ?? '');
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as T };
  }

  async post<T = Record<string, unknown>>(path: string, body?: unknown): Promise<Answer<T>> {
    return this.call<T>('POST', path, { body });
  }

  async get<T = Record<string, unknown>>(path: string): Promise<Answer<T>> {
    return this.call<T>('GET', path);
  }
}

/** Shows the time of day until a spec says what time it is. */
export class SetClock extends Clock {
  time: string | undefined;

  now(): Date {
    return this.time === undefined ? new Date() : new Date(this.time);
  }
}

/** The real service on a database, a topic prefix and a port of its own. */
export class AgreementsService {
  private constructor(
    readonly config: AgreementsConfig,
    public app: NestFastifyApplication,
    readonly database: TestDatabase,
    readonly wire: MessageWire,
    readonly clock: SetClock,
    private readonly signingKey: KeyObject,
    private readonly dropTopics: () => Promise<void>,
  ) {}

  static async start(): Promise<AgreementsService> {
    const database = await testDatabase('agreements');
    const kafka = testKafka();
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const config = loadConfig({
      ...database.env,
      ...kafka.env,
      HTTP_PORT: '0',
      LOG_LEVEL: 'error',
      PUBLIC_URL: 'https://api.example.org',
      CALLER_TOKEN_PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    });
    await createTopics(config, [eventTopic, organizationTopic], [], silent);
    await prepare(config, silent);
    const clock = new SetClock();
    const app = await startApp(config, clock);
    const wire = await MessageWire.open(kafka, 'agreements');
    return new AgreementsService(config, app, database, wire, clock, privateKey, kafka.drop);
  }

  /** Stops the process and starts another on the same database and topics. */
  async restart(): Promise<void> {
    await closeGracefully(this.app);
    this.app = await startApp(this.config, this.clock);
  }

  /** Another process of the same service, on the same database and topics. */
  async replica(): Promise<NestFastifyApplication> {
    return startApp(this.config, this.clock);
  }

  tenant(): Tenant {
    return new Tenant(() => {
      const { port } = this.app.getHttpServer().address() as AddressInfo;
      return `http://127.0.0.1:${port}`;
    }, this.signingKey);
  }

  /** Says what the events service would say of a published event. */
  async publishEvent(tenantId: string, given: Partial<EventSnapshot> = {}): Promise<string> {
    const eventId = given.eventId ?? newId();
    await this.wire.say(eventPublished, tenantId, eventId, { ...given, eventId });
    return eventId;
  }

  async stop(): Promise<void> {
    await this.wire.close();
    await closeGracefully(this.app);
    await this.dropTopics();
    await this.database.drop();
  }
}

async function startApp(config: AgreementsConfig, clock: Clock): Promise<NestFastifyApplication> {
  const app = await createApp(config, clock);
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  return app;
}
