import { generateKeyPairSync } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { migrate } from '@expo-accord/database';
import { DataSource } from 'typeorm';
import { claimPort } from '../../../deploy/local/ports';
import { testDatabase, type TestDatabase } from '../../../test/support/infrastructure';
import { createApp } from '../src/app';
import { type GatewayConfig, loadConfig } from '../src/config';
import { entities } from '../src/database/entities';
import { migrations } from '../src/database/migrations';
import { createTenant, type FirstKey } from '../src/tenants/first-key';

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** A gateway on a database of its own. What it forwards to is given by each test as URLs. */
export class GatewayHarness {
  readonly signer = generateKeyPairSync('ed25519');
  app!: NestFastifyApplication;
  database!: TestDatabase;
  config!: GatewayConfig;
  url!: string;

  async start(env: Record<string, string> = {}): Promise<void> {
    this.database = await testDatabase('gateway');
    // Nobody listens there; on the ports that are usual somebody may.
    const nowhere = `http://127.0.0.1:${await claimPort('nobody')}`;
    this.config = loadConfig({
      ...this.database.env,
      EVENTS_URL: nowhere,
      REGISTRATIONS_URL: nowhere,
      AGREEMENTS_URL: nowhere,
      NOTIFICATIONS_URL: nowhere,
      HTTP_PORT: '0',
      LOG_LEVEL: 'fatal',
      KEY_CACHE_MS: '400',
      CALLER_TOKEN_PRIVATE_KEY: this.signer.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      ...env,
    });
    await migrate({ config: this.config, entities, migrations, log: () => undefined });
    this.app = await createApp(this.config);
    await this.app.listen(0, '127.0.0.1');
    this.url = await this.app.getUrl();
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.drop();
  }

  async tenant(name: string): Promise<FirstKey> {
    return createTenant(this.app.get(DataSource), name);
  }

  async call(key: string, method: string, path: string, body?: unknown, headers: object = {}): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: JSON.parse(text || '{}') as Answer['body'] };
  }
}

export interface Upstream {
  url: string;
  server: Server;
  close: () => Promise<void>;
}

/** A bare HTTP server: for what a well-behaved service never does. */
export async function upstreamAnswering(listener: RequestListener): Promise<Upstream> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
