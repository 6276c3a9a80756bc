import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { eventPublished, type EventSnapshot, eventTopic, organizationTopic } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { closeGracefully, signCallerToken } from '@expo-accord/http';
import { createTopics } from '@expo-accord/messaging';
import { runInContext } from '@expo-accord/observability';
import { testDatabase, type TestDatabase, testKafka } from '../../../test/support/infrastructure';
import { MessageWire } from '../../../test/support/message-wire';
import { AgreementStepQueue } from '../src/agreements/agreement-step.queue';
import { type AgreementAction } from '../src/agreements/agreement.rules';
import { type AgreementView } from '../src/agreements/agreement.view';
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

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
  scopes?: string[];
}

const ALL_SCOPES = ['agreements:read', 'agreements:write', 'history:write'];

/** One tenant's way to the service, as the gateway would forward its calls. */
export class Tenant {
  readonly id = newId();
  readonly keyId = newId();

  constructor(
    private readonly url: () => string,
    private readonly signingKey: KeyObject,
  ) {}

  /** Where a path is, and what makes a request this tenant's. */
  async addressed(path: string, scopes = ALL_SCOPES): Promise<{ url: string; headers: Record<string, string> }> {
    const token = await signCallerToken(this.signingKey, { tenantId: this.id, keyId: this.keyId, scopes }, 90);
    return { url: `${this.url()}/v1/${path}`, headers: { 'x-caller-token': token } };
  }

  /** @param options bytes and streams go as they are, with the content type that is given; texts are NDJSON */
  async fetch(method: Method, path: string, { scopes, body, headers = {} }: CallOptions = {}): Promise<Response> {
    const { url, headers: own } = await this.addressed(path, scopes);
    const isText = typeof body === 'string';
    const isRaw = isText || body instanceof Uint8Array || body instanceof ReadableStream;
    return fetch(url, {
      method,
      headers: {
        ...own,
        ...(body === undefined ? {} : { 'content-type': isText ? 'application/x-ndjson' : 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isRaw ? body : JSON.stringify(body), duplex: 'half' }),
    });
  }

  async call<T = Record<string, unknown>>(method: Method, path: string, options: CallOptions = {}): Promise<Answer<T>> {
    const response = await this.fetch(method, path, options);
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
    /** The folder that they are kept in. */
    readonly documents: string,
    private readonly signingKey: KeyObject,
    private readonly dropTopics: () => Promise<void>,
  ) {}

  static async start(env: Record<string, string> = {}): Promise<AgreementsService> {
    const database = await testDatabase('agreements');
    const kafka = testKafka();
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const documents = await mkdtemp(join(tmpdir(), 'expo-accord-documents-'));
    const config = loadConfig({
      ...database.env,
      ...kafka.env,
      HTTP_PORT: '0',
      LOG_LEVEL: 'error',
      PUBLIC_URL: 'https://api.example.org',
      CALLER_TOKEN_PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      DOCUMENT_STORE_URL: pathToFileURL(documents).href,
      ...env,
    });
    await createTopics(config, [eventTopic, organizationTopic], [], silent);
    await prepare(config, silent);
    const clock = new SetClock();
    const app = await startApp(config, clock);
    const wire = await MessageWire.open(kafka, 'agreements');
    return new AgreementsService(config, app, database, wire, clock, documents, privateKey, kafka.drop);
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

  /**
   * Steps that are asked for in one turn of the event loop, each because of a request of its own.
   * @returns the status that each led to, or the code of what was said against it
   */
  async takeTogether(
    { id: tenantId, keyId }: Pick<Tenant, 'id' | 'keyId'>,
    asked: readonly { id: string; action: AgreementAction; body?: object | undefined }[],
    requests = asked.map(() => newId()),
  ): Promise<unknown[]> {
    const queue = this.app.get(AgreementStepQueue);
    const answers = asked.map(async ({ id, action, body = {} }, at) => {
      const step = { id, action, body, keyed: undefined };
      const take = () => queue.take({ tenantId, keyId, scopes: [] }, step, false);
      try {
        return ((await runInContext({ requestId: requests[at] ?? '' }, take)).body as AgreementView).status;
      } catch (error) {
        return (error as { code: unknown }).code;
      }
    });
    return Promise.all(answers);
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
    await rm(this.documents, { recursive: true, force: true });
  }
}

async function startApp(config: AgreementsConfig, clock: Clock): Promise<NestFastifyApplication> {
  const app = await createApp(config, clock);
  await app.startAllMicroservices();
  await app.listen(0, '127.0.0.1');
  return app;
}
