import { generateKeyPairSync } from 'node:crypto';
import { type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { eventTopic, organizationTopic } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { closeGracefully } from '@expo-accord/http';
import { createTopics } from '@expo-accord/messaging';
import { testDatabase, type TestDatabase, testKafka } from '../../../test/support/infrastructure';
import { MessageWire } from '../../../test/support/message-wire';
import { createApp } from '../src/app';
import { loadConfig, type RegistrationsConfig } from '../src/config';
import { prepare } from '../src/prepare';
import { Tenant } from './tenant';

const quiet = (): void => undefined;

/** What the kept counts of an event say otherwise than what is counted. */
const miscounted = (total: string, table: string, kind: string): string => `
  WITH kept AS (SELECT ${kind}, sum(count) AS count FROM ${total} GROUP BY ${kind} HAVING sum(count) <> 0),
       counted AS (SELECT ${kind}, count(*)::numeric AS count FROM ${table} GROUP BY ${kind})
  (TABLE kept EXCEPT TABLE counted) UNION ALL (TABLE counted EXCEPT TABLE kept)`;
const MISCOUNTED = [
  miscounted('registration_total', 'registration', 'event_id, category, economy, mode, status'),
  miscounted('check_in_total', 'check_in', 'event_id, day, outcome'),
  miscounted(
    'organization_total',
    '(SELECT * FROM registration WHERE organization_id IS NOT NULL) AS named',
    'event_id, organization_id, status',
  ),
];

/** The service on a database and topics of its own, with somebody who speaks for the events service. */
export interface RunningService {
  readonly app: NestFastifyApplication;
  readonly config: RegistrationsConfig;
  readonly db: TestDatabase;
  readonly wire: MessageWire;
  /** Another tenant at each call. */
  tenant: () => Tenant;
  /** One more process of the service, as far as a test can tell; whoever asks for it stops it. */
  replica: () => Promise<{ as: (tenant: Tenant) => Tenant; stop: () => Promise<void> }>;
  stop: () => Promise<void>;
}

/** As PEM (PKCS8). */
export function newTicketKey(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export async function startService(env: Record<string, string> = {}): Promise<RunningService> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const db = await testDatabase('registrations');
  const kafka = testKafka();
  const config = loadConfig({
    ...db.env,
    ...kafka.env,
    HTTP_PORT: '0',
    LOG_LEVEL: 'fatal',
    CALLER_TOKEN_PUBLIC_KEY: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    REGISTRANT_FINGERPRINT_KEY: newId(),
    TICKET_SIGNING_KEYS: newTicketKey(),
    ...env,
  });
  await createTopics(config, [eventTopic, organizationTopic], [], quiet);
  await prepare(config, quiet);
  const wire = await MessageWire.open(kafka, 'registrations');
  const app = await startApp(config);
  const url = urlOf(app);
  return {
    app,
    config,
    db,
    wire,
    tenant: () => new Tenant(url, privateKey, wire),
    replica: async () => {
      const other = await startApp(config);
      return {
        as: ({ id, keyId }) => new Tenant(urlOf(other), privateKey, wire, id, keyId),
        stop: () => closeGracefully(other),
      };
    },
    stop: async () => {
      await closeGracefully(app);
      const wrong = await Promise.all(MISCOUNTED.map((statement) => db.query(statement)));
      await wire.close();
      await kafka.drop();
      await db.drop();
      // Whatever the spec did: counts that are kept say what counting says.
      expect(wrong.flat()).toEqual([]);
    },
  };
}

async function startApp(config: RegistrationsConfig): Promise<NestFastifyApplication> {
  const app = await createApp(config);
  await app.startAllMicroservices();
  await app.listen(config.HTTP_PORT, config.HTTP_HOST);
  return app;
}

function urlOf(app: NestFastifyApplication): string {
  const server: Server = app.getHttpServer();
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}
