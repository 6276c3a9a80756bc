import { generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { topics } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { closeGracefully, signCallerToken } from '@expo-accord/http';
import { createTopics } from '@expo-accord/messaging';
import { testDatabase, type TestDatabase, testKafka } from '../../../test/support/infrastructure';
import { MessageWire } from '../../../test/support/message-wire';
import { createApp } from '../src/app';
import { type NotificationsConfig, loadConfig } from '../src/config';
import { prepare } from '../src/prepare';

export interface Answer<T> {
  status: number;
  headers: Record<string, unknown>;
  body: T;
}

export interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
  scopes?: string[];
}

/** One tenant's way to the service, as the gateway would forward its calls. */
export class Tenant {
  readonly id = newId();
  private readonly keyId = newId();

  constructor(
    private readonly service: NotificationsService,
    private readonly signingKey: KeyObject,
  ) {}

  async call<T = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    { body, headers = {}, scopes = ['notifications:read', 'notifications:write'] }: CallOptions = {},
  ): Promise<Answer<T>> {
    const token = await signCallerToken(this.signingKey, { tenantId: this.id, keyId: this.keyId, scopes }, 90);
    const answer = await this.service.app.inject({
      method,
      url: `/v1/${path}`,
      headers: { 'x-caller-token': token, ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: (answer.body === '' ? null : answer.json()) as T,
    };
  }
}

/** The real service on a database and a topic prefix of its own. */
export class NotificationsService {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly env: Readonly<Record<string, string>>,
    readonly config: NotificationsConfig,
    readonly database: TestDatabase,
    readonly wire: MessageWire,
    private readonly signingKey: KeyObject,
    private readonly dropTopics: () => Promise<void>,
  ) {}

  static async start(env: Record<string, string>): Promise<NotificationsService> {
    const database = await testDatabase('notifications');
    const kafka = testKafka();
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const complete = {
      HTTP_PORT: '0',
      LOG_LEVEL: 'fatal',
      PUBLIC_URL: 'https://api.example.org',
      CALLER_TOKEN_PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      SMTP_URL: 'smtp://127.0.0.1:1',
      SMTP_FROM: 'Expo Accord <no-reply@expo.example.org>',
      WEBHOOK_SECRET_KEY: randomBytes(32).toString('base64'),
      DELIVERY_RETRY_SCALE_PPM: '10',
      ...database.env,
      ...kafka.env,
      ...env,
    };
    const config = loadConfig(complete);
    const silent = (): void => undefined;
    const ofOthers = topics.filter(({ owner }) => owner !== 'notifications');
    await createTopics(config, ofOthers, [], silent);
    await prepare(config, silent);
    const app = await createApp(config);
    await app.init();
    await app.startAllMicroservices();
    const wire = await MessageWire.open(kafka, 'notifications');
    return new NotificationsService(app, complete, config, database, wire, privateKey, kafka.drop);
  }

  tenant(): Tenant {
    return new Tenant(this, this.signingKey);
  }

  /** Ends the process's part and leaves database and topics to another. */
  async stopServing(): Promise<void> {
    await closeGracefully(this.app);
  }

  async stop(): Promise<void> {
    await this.wire.close();
    await this.stopServing();
    await this.dropTopics();
    await this.database.drop();
  }
}
