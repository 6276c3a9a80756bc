import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { prepareFolder } from './disk-space';
import { kafkaJars } from './kafka-jars';
import { LocalProblem } from './local-problem';
import { LocalProcess } from './local-process';
import { claimPort } from './ports';
import { waitFor } from './waiting';

export interface KafkaPlan {
  /** Holds the broker's logs and settings; what is there from an earlier start is used as it is. */
  folder: string;
  /** Any free one when not given. */
  port?: number;
  /** Where a proxy listens: whoever comes in by the second listener is told to come back that way. */
  proxyPort?: number;
  heapMegabytes?: number;
}

export interface RunningKafka {
  brokers: string[];
  /** The second listener, where a proxy is to pass its connections on to. */
  behindProxyPort?: number;
  process: LocalProcess;
}

interface Ports {
  port: number;
  controllerPort: number;
  behindProxy?: { port: number; advertised: number };
}

function serverProperties(folder: string, { port, controllerPort, behindProxy }: Ports): string {
  const proxied = (proxiedPort: number | undefined): string =>
    proxiedPort === undefined ? '' : `,PROXIED://127.0.0.1:${proxiedPort}`;
  const properties: Record<string, string | number> = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT',
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}${proxied(behindProxy?.port)}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}${proxied(behindProxy?.advertised)}`,
    'log.dirs': join(folder, 'logs'),
    'auto.create.topics.enable': 'false',
    'default.replication.factor': 1,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    // A lone developer's consumers need not wait for others to join their group.
    'group.initial.rebalance.delay.ms': 0,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'log.cleaner.dedupe.buffer.size': 16_777_216,
  };
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');
}

/** Kafka's own id format: 16 random bytes in base64url, which must not look like an option of the command line. */
function newClusterId(): string {
  return randomBytes(16).toString('base64url').replace(/^-/, 'A');
}

export async function startKafka(plan: KafkaPlan): Promise<RunningKafka> {
  const jars = kafkaJars();
  await prepareFolder(plan.folder, 300);
  const port = await claimPort('Kafka', plan.port);
  const controllerPort = await claimPort("Kafka's controller");
  const behindProxy =
    plan.proxyPort === undefined ? undefined : { port: await claimPort("Kafka's proxy"), advertised: plan.proxyPort };
  const settings = join(plan.folder, 'server.properties');
  writeFileSync(
    settings,
    serverProperties(plan.folder, { port, controllerPort, ...(behindProxy !== undefined && { behindProxy }) }),
  );
  const classPath = ['-cp', [join(jars, '*')].join(delimiter)];
  if (!existsSync(join(plan.folder, 'logs', 'meta.properties'))) {
    const format = ['format', '--cluster-id', newClusterId(), '--config', settings];
    try {
      execFileSync('java', [...classPath, 'kafka.tools.StorageTool', ...format], { stdio: 'pipe' });
    } catch (error) {
      const words = error instanceof Error ? error.message.split('\n').at(1) : undefined;
      throw new LocalProblem(`Kafka could not set up its data folder ${plan.folder} (${words ?? 'no reason given'}).`);
    }
  }
  const kafka = await LocalProcess.start({
    name: 'Kafka',
    command: 'java',
    args: [
      `-Xmx${plan.heapMegabytes ?? 512}m`,
      '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
      '-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info',
      '-Dorg.slf4j.simpleLogger.showDateTime=true',
      ...classPath,
      'kafka.Kafka',
      settings,
    ],
    logFile: join(plan.folder, 'kafka.log'),
  });
  try {
    await waitFor('Kafka starting', () => (kafka.output().includes('Kafka Server started') ? true : undefined), {
      timeoutMs: 90_000,
      givenUp: () => kafka.epitaph(),
    });
  } catch (error) {
    await kafka.stop();
    throw error;
  }
  return {
    brokers: [`127.0.0.1:${port}`],
    process: kafka,
    ...(behindProxy !== undefined && { behindProxyPort: behindProxy.port }),
  };
}
