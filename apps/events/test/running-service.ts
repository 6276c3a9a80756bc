import { generateKeyPairSync } from 'node:crypto';
import { agreementTopic, projectTopic, registrationTopic } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { callerSigningKey, callerTokenHeader, signCallerToken } from '@expo-accord/http';
import { createTopics } from '@expo-accord/messaging';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { testDatabase, type TestDatabase, testKafka } from '../../../test/support/infrastructure';
import { MessageWire } from '../../../test/support/message-wire';
import { type EventsConfig, loadConfig } from '../src/config';
import { createApp } from '../src/app';
import { prepare } from '../src/prepare';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const signingKey = callerSigningKey(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
const everything = ['events:read', 'events:write', 'history:write'];

export interface Answer {
  status: number;
  headers: Record<string, unknown>;
  // Each test knows the shape of what it asked for.
  body: Record<string, never> & { id: string; version: number };
  text: string;
}

type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

export interface RunningService {
  app: NestFastifyApplication;
  config: EventsConfig;
  db: TestDatabase;
  wire: MessageWire;
  /** A caller of the given tenant, by default a new one. */
  caller: (tenantId?: string, scopes?: string[]) => Promise<{ tenantId: string; call: Call }>;
  stop: () => Promise<void>;
}

export interface OneCaller {
  /** The service, once the tests run. */
  service: () => RunningService;
  call: Call;
  /** Posts what has to be taken, and answers its id. */
  enter: (path: string, body: object) => Promise<string>;
}

/** For a `describe` that needs one service and one caller: started before its tests, stopped after them. */
export function oneCaller(): OneCaller {
  let service: RunningService;
  let call: Call;
  beforeAll(async () => {
    service = await runService();
    ({ call } = await service.caller());
  });
  afterAll(async () => {
    await service.stop();
  });
  return {
    service: () => service,
    call: (...request) => call(...request),
    enter: async (path, body) => {
      const answer = await call('POST', path, body);
      expect(answer).toMatchObject({ status: 201 });
      return answer.body.id;
    },
  };
}

/** The whole service on a database and topics of its own, with the topics that it reads and others own. */
export async function runService(): Promise<RunningService> {
  const db = await testDatabase('events');
  const kafka = testKafka();
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const config = loadConfig({
    ...db.env,
    ...kafka.env,
    HTTP_PORT: '0',
    LOG_LEVEL: 'fatal',
    CALLER_TOKEN_PUBLIC_KEY: publicPem,
  });
  const log = (): void => undefined;
  await createTopics(config, [registrationTopic, projectTopic, agreementTopic], [], log);
  await prepare(config, log);
  const app = await createApp(config);
  await app.init();
  await app.startAllMicroservices();
  const wire = await MessageWire.open(kafka, 'events');
  return {
    app,
    config,
    db,
    wire,
    caller: async (tenantId = newId(), scopes = everything) => ({
      tenantId,
      call: await callAs(app, tenantId, scopes),
    }),
    stop: async () => {
      await wire.close();
      await app.close();
      await kafka.drop();
      await db.drop();
    },
  };
}

async function callAs(app: NestFastifyApplication, tenantId: string, scopes: string[]): Promise<Call> {
  const token = await signCallerToken(signingKey, { tenantId, keyId: newId(), scopes }, 600);
  return async (method, path, body, headers = {}) => {
    const answer = await app.inject({
      method: method as 'GET',
      url: path,
      headers: { [callerTokenHeader]: token, ...headers },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const text = answer.body;
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text,
      body: (String(answer.headers['content-type']).includes('json') ? JSON.parse(text) : {}) as Answer['body'],
    };
  };
}
