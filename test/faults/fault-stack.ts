import { join } from 'node:path';
import { type Client } from 'pg';
import { type ServiceName } from '@expo-accord/contracts';
import { createTenant, type Tenant } from '../../deploy/local/demo-tenant';
import { type RunningKafka, startKafka } from '../../deploy/local/kafka';
import { kafkaJars } from '../../deploy/local/kafka-jars';
import { type LocalProcess } from '../../deploy/local/local-process';
import { claimPort } from '../../deploy/local/ports';
import { type PostgresAddress, type RunningPostgres, startPostgres } from '../../deploy/local/postgres';
import { type Secrets, secretsIn } from '../../deploy/local/secrets';
import { serviceNames } from '../../deploy/local/services';
import { LocalStack } from '../../deploy/local/stack';
import { SupervisedService } from '../../deploy/local/supervised-service';
import { connected } from '../support/infrastructure';
import { KafkaProxy } from '../support/kafka-proxy';
import { PostgresProxy } from '../support/postgres-proxy';
import { KillableServer } from './killable-server';
import { type InstanceName, type Side, sides } from './schedule';

const database = 'expo_accord';

/** Leases and retries that are over within the patience of a short run, and still longer than any attempt takes. */
const quickDeliveries = {
  DELIVERY_LEASE_MS: '10000',
  DELIVERY_RETRY_SCALE_PPM: '10000',
  WEBHOOK_TIMEOUT_MS: '2000',
};

export interface FaultStackPlan {
  folder: string;
  log: (line: string) => void;
  signal?: AbortSignal;
}

interface Servers {
  postgres: KillableServer<RunningPostgres>;
  kafka: KillableServer<RunningKafka>;
  kafkaProxy: KafkaProxy;
  postgresProxies: Record<Side, PostgresProxy>;
}

/**
 * The product on a PostgreSQL and a Kafka of its own, every service twice. What lies between the services and the two
 * goes through proxies; side `a` is a local stack as anybody starts it, side `b` the same with other ports.
 */
export class FaultStack {
  private constructor(
    readonly postgres: KillableServer<RunningPostgres>,
    readonly kafka: KillableServer<RunningKafka>,
    readonly kafkaProxy: KafkaProxy,
    readonly postgresProxies: Record<Side, PostgresProxy>,
    readonly stack: LocalStack,
    private readonly second: ReadonlyMap<ServiceName, SupervisedService>,
    private readonly folder: string,
  ) {}

  static async start(plan: FaultStackPlan): Promise<FaultStack> {
    const stoppers: (() => Promise<void>)[] = [];
    try {
      const servers = await startServers(plan, secretsIn(plan.folder), stoppers);
      const { postgres, kafka, kafkaProxy, postgresProxies } = servers;
      const stack = await startFirstSide(plan, servers);
      stoppers.push(() => stack.stop());
      const second = new Map<ServiceName, SupervisedService>();
      const parts = [postgres, kafka, kafkaProxy, postgresProxies, stack, second, plan.folder] as const;
      stoppers.push(async () => {
        await Promise.all([...second.values()].map((service) => service.stop()));
      });
      await startSecondSide(plan, stack, postgresProxies.b, second);
      return new FaultStack(...parts);
    } catch (error) {
      for (const stop of stoppers.reverse()) await stop();
      throw error;
    }
  }

  instance(name: InstanceName): SupervisedService {
    const [service, side] = name.split('-') as [ServiceName, Side];
    const found = side === 'a' ? this.stack.service(service) : this.second.get(service);
    if (found === undefined) throw new Error(`${name} has not been started`);
    return found;
  }

  /** Of both gateways. */
  get urls(): string[] {
    return sides.map((side) => this.instance(`gateway-${side}`).url);
  }

  async tenant(name: string): Promise<Tenant> {
    return await createTenant(this.stack, name, join(this.folder, 'logs', 'create-tenant.log'));
  }

  /** Takes all faults away that lie on connections. */
  heal(): void {
    this.kafkaProxy.heal();
    for (const side of sides) this.postgresProxies[side].heal();
  }

  async stop(): Promise<void> {
    this.heal();
    await Promise.all([...this.second.values()].map((service) => service.stop()));
    await this.stack.stop();
    for (const side of sides) await this.postgresProxies[side].close();
    await this.kafkaProxy.close();
    await this.kafka.stop();
    await this.postgres.stop();
  }
}

/** A connection as a superuser, past the proxies. @throws while PostgreSQL is away */
export async function withClient<T>(stack: FaultStack, work: (client: Client) => Promise<T>): Promise<T> {
  return await connected(databaseUrl(stack.postgres.running), undefined, work);
}

function databaseUrl({ host, port, user, password }: PostgresAddress): string {
  return `postgres://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
}

async function startServers(
  { folder, log }: FaultStackPlan,
  secrets: Secrets,
  stoppers: (() => Promise<void>)[],
): Promise<Servers> {
  kafkaJars();
  log('Starting PostgreSQL and Kafka.');
  const kafkaProxy = await KafkaProxy.listen();
  stoppers.push(() => kafkaProxy.close());
  const ports = { postgres: await claimPort('PostgreSQL'), kafka: await claimPort('Kafka') };
  kafkaProxy.brokerPort = ports.kafka;
  const starting = [
    // Durable, as in production: what it said to have committed must be there after a kill.
    started(stoppers, () =>
      startPostgres({
        folder: join(folder, 'postgres'),
        password: secrets.postgresPassword,
        port: ports.postgres,
        durable: true,
      }),
    ),
    started(stoppers, () =>
      startKafka({
        folder: join(folder, 'kafka'),
        passwords: secrets.kafkaPasswords,
        port: ports.kafka,
        proxyPort: kafkaProxy.port,
        brief: true,
      }),
    ),
  ] as const;
  // Both, so that neither is left behind when the other fails.
  await Promise.allSettled(starting);
  const [postgres, kafka] = await Promise.all(starting);
  const { host, port } = postgres.running;
  const postgresProxies = {
    a: await PostgresProxy.listen({ host, port }),
    b: await PostgresProxy.listen({ host, port }),
  };
  for (const side of sides) stoppers.push(() => postgresProxies[side].close());
  return { postgres, kafka, kafkaProxy, postgresProxies };
}

async function started<R extends { process: LocalProcess }>(
  stoppers: (() => Promise<void>)[],
  launch: () => Promise<R>,
): Promise<KillableServer<R>> {
  const server = await KillableServer.start(launch);
  stoppers.push(() => server.stop());
  return server;
}

async function startFirstSide(
  { folder, log, signal }: FaultStackPlan,
  { postgres, kafkaProxy, postgresProxies }: Servers,
): Promise<LocalStack> {
  return await LocalStack.start({
    folder,
    infrastructure: {
      postgres: { ...postgres.running, port: postgresProxies.a.port },
      kafka: { brokers: kafkaProxy.brokers, passwords: secretsIn(folder).kafkaPasswords },
    },
    database,
    logLevel: 'warn',
    settings: { notifications: quickDeliveries },
    log,
    ...(signal !== undefined && { signal }),
  });
}

async function startSecondSide(
  { folder, log, signal }: FaultStackPlan,
  stack: LocalStack,
  postgresProxy: PostgresProxy,
  services: Map<ServiceName, SupervisedService>,
): Promise<void> {
  const ports = new Map<ServiceName, number>();
  for (const name of serviceNames) ports.set(name, await claimPort(`the second ${name}`));
  const urls = serviceNames.map((name) => [`${name.toUpperCase()}_URL`, `http://127.0.0.1:${ports.get(name) ?? 0}`]);
  for (const name of serviceNames) {
    const first = stack.settingsOf(name);
    const url = new URL(first.DATABASE_URL ?? '');
    url.port = String(postgresProxy.port);
    const port = ports.get(name) ?? 0;
    const service = new SupervisedService({
      name,
      port,
      env: {
        ...first,
        HTTP_PORT: String(port),
        DATABASE_URL: url.toString(),
        ...(name === 'gateway' && (Object.fromEntries(urls) as Record<string, string>)),
      },
      logFile: join(folder, 'logs', `${name}-b.log`),
      log,
      gaveUp: log,
    });
    await service.start();
    services.set(name, service);
  }
  await Promise.all([...services.values()].map((service) => service.ready(signal)));
}
