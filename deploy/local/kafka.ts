import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { prepareFolder } from './disk-space';
import { kafkaJars } from './kafka-jars';
import { type KafkaKeyStore, scramMechanisms, serverProperties } from './kafka-properties';
import { type KafkaPasswords } from './kafka-users';
import { LocalProblem } from './local-problem';
import { LocalProcess } from './local-process';
import { claimPort } from './ports';
import { waitFor } from './waiting';

export interface KafkaPlan {
  /** Holds the broker's logs and settings; what is there from an earlier start is used as it is. */
  folder: string;
  /** Any free one when not given. */
  port?: number;
  /** For tests: of a proxy before the port where users log in, by which clients are told to come back. */
  proxyPort?: number;
  /** Who may log in; the admin may do everything, the others what they were granted. */
  passwords: KafkaPasswords;
  /**
   * For tests: a second listener where nobody logs in and everybody may do everything. Where a proxy stands before it,
   * clients are told to come back by that.
   */
  open?: { proxyPort?: number };
  /** For tests: encrypts where users log in, and lets them do so by SCRAM as well. */
  keyStore?: KafkaKeyStore;
  /** For tests: a broker that lives for seconds to minutes. */
  brief?: boolean;
}

export interface RunningKafka {
  /** Where users log in. */
  brokers: string[];
  /** The open listener itself, past any proxy. */
  openPort?: number;
  process: LocalProcess;
}

/** For a virtual machine that ends before it could gain by compiling well: half of what a start costs is that. */
const quickStart = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

/** Kafka's own id format: 16 random bytes in base64url, which must not look like an option of the command line. */
function newClusterId(): string {
  return randomBytes(16).toString('base64url').replace(/^-/, 'A');
}

function scramUsers(passwords: KafkaPasswords): string[] {
  return Object.entries(passwords).flatMap(([user, password]) =>
    scramMechanisms.flatMap((mechanism) => ['--add-scram', `${mechanism}=[name=${user},password=${password}]`]),
  );
}

export async function startKafka(plan: KafkaPlan): Promise<RunningKafka> {
  const jars = kafkaJars();
  await prepareFolder(plan.folder, 300);
  const port = await claimPort('Kafka', plan.port);
  const controllerPort = await claimPort("Kafka's controller");
  const openPort = plan.open === undefined ? undefined : await claimPort('Kafka without logins');
  const settings = join(plan.folder, 'server.properties');
  const open =
    openPort === undefined ? undefined : { port: openPort, advertisedPort: plan.open?.proxyPort ?? openPort };
  const listeners = {
    login: { listen: `127.0.0.1:${port}`, advertised: `127.0.0.1:${plan.proxyPort ?? port}` },
    controllerPort,
    ...(open !== undefined && { open }),
  };
  // Removed first, because a file that is there keeps its mode, and this one holds passwords.
  rmSync(settings, { force: true });
  const properties = serverProperties(join(plan.folder, 'logs'), listeners, plan.passwords, plan.keyStore);
  writeFileSync(settings, properties, { mode: 0o600 });
  const classPath = ['-cp', [join(jars, '*')].join(delimiter)];
  if (!existsSync(join(plan.folder, 'logs', 'meta.properties'))) {
    const format = ['format', '--cluster-id', newClusterId(), '--config', settings];
    if (plan.keyStore !== undefined) format.push(...scramUsers(plan.passwords));
    try {
      execFileSync('java', [...quickStart, ...classPath, 'kafka.tools.StorageTool', ...format], { stdio: 'pipe' });
    } catch (error) {
      const words = error instanceof Error ? error.message.split('\n').at(1) : undefined;
      throw new LocalProblem(`Kafka could not set up its data folder ${plan.folder} (${words ?? 'no reason given'}).`);
    }
  }
  const kafka = await LocalProcess.start({
    name: 'Kafka',
    command: 'java',
    args: [
      ...(plan.brief === true ? ['-Xmx256m', ...quickStart] : ['-Xmx512m']),
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
    ...(openPort !== undefined && { openPort }),
  };
}
