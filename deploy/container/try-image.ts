import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Infrastructure } from '../local/infrastructure';
import { LocalProblem } from '../local/local-problem';
import { type LocalProcess } from '../local/local-process';
import { MailCatcher } from '../local/mail-catcher';
import { claimPort } from '../local/ports';
import { secretsIn } from '../local/secrets';
import { serviceNames } from '../local/services';
import { waitFor } from '../local/waiting';
import { type ComposeService, composeFile } from './compose-file';
import { endInside, ImageTrial } from './image-trial';

const compose = composeFile();

function composed(name: string): ComposeService {
  const service = compose.services[name];
  if (service === undefined) throw new LocalProblem(`docker-compose.yml has no service ${name}.`);
  return service;
}

/**
 * Runs what docker-compose.yml says, from the image, in its order: the jobs, then the services until each is ready, their
 * health checks, a first tenant and its requests, then SIGTERM. PostgreSQL, Kafka and the mail catcher are this
 * machine's. `node try-image.js <container> <buildah and options>`
 */
async function tryImage(container: string, buildah: string[], folder: string): Promise<void> {
  // Chosen first, because the files of secrets say where the database is.
  const postgresPort = await claimPort('PostgreSQL');
  const addresses = new Map([
    ['postgres:5432/expo_accord', `127.0.0.1:${postgresPort}/expo_accord`],
    ['postgres', '127.0.0.1'],
    ['5432', String(postgresPort)],
  ]);
  const ports = new Map<string, number>();
  for (const name of serviceNames) {
    const port = await claimPort(name);
    ports.set(name, port);
    addresses.set(`http://${name}:3000`, `http://127.0.0.1:${port}`);
  }
  const translate = (value: string): string => addresses.get(value) ?? value;
  const trial = new ImageTrial({ buildah, container, folder, translate });
  const stoppers: (() => Promise<void>)[] = [];
  try {
    await lookInside(trial);
    await trial.runToEnd('secrets', composed('secrets'));
    const { postgresPassword, kafkaPasswords } = secretsIn(trial.volume('all-secrets'));
    const infrastructure = await Infrastructure.start({
      folder,
      postgresPassword,
      postgresPort,
      kafkaPasswords,
      durable: false,
      open: false,
    });
    stoppers.push(() => infrastructure.stop());
    const mail = await MailCatcher.start({
      folder: join(folder, 'mails'),
      smtpPort: await claimPort('mail'),
      httpPort: await claimPort('mails'),
    });
    stoppers.push(() => mail.stop());
    addresses.set('kafka:9092', infrastructure.address.kafka.brokers.join(','));
    addresses.set('smtp://mail:1025', mail.smtpUrl);
    await Promise.race([tryServices(trial, ports), toldToEnd()]);
  } finally {
    await trial.killAll();
    for (const stop of stoppers.reverse()) await stop();
  }
}

async function tryServices(trial: ImageTrial, ports: ReadonlyMap<string, number>): Promise<void> {
  await trial.runToEnd('database', composed('database'));
  await trial.runToEnd('kafka-access', composed('kafka-access'));
  for (const name of serviceNames) await trial.runToEnd(`migrate-${name}`, composed(`migrate-${name}`));
  const running: LocalProcess[] = [];
  for (const [name, port] of ports) {
    const metricsPort = await claimPort(`metrics of ${name}`);
    const settings = { HTTP_PORT: String(port), METRICS_PORT: String(metricsPort) };
    running.push(await trial.start(name, composed(name), settings));
  }
  for (const service of running) await ready(service, ports.get(service.name) ?? 0);
  console.log(`Ready: ${running.map(({ name }) => name).join(', ')}.`);
  await checkHealth(trial, ports);
  await askAsFirstTenant(trial, ports.get('gateway') ?? 0);
  for (const service of running.reverse()) {
    endInside(service);
    await service.exited;
    if (service.endedBy !== 'exit code 0') throw new LocalProblem(service.epitaph() ?? `${service.name} ended badly.`);
  }
  console.log('All ended with exit code 0 at SIGTERM.');
}

/** Rejects at a signal, so that everything is stopped before this program ends. */
async function toldToEnd(): Promise<never> {
  return await new Promise((_resolve, reject) => {
    for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        reject(new LocalProblem(`Ended by ${signal}.`));
      });
    }
  });
}

async function ready(service: LocalProcess, port: number): Promise<void> {
  await waitFor(
    `${service.name} becoming ready`,
    async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/health/ready`);
      return answer.ok || undefined;
    },
    { timeoutMs: 60_000, intervalMs: 200, givenUp: () => service.epitaph() },
  );
}

async function lookInside(trial: ImageTrial): Promise<void> {
  const command = ['node', '-p', '`Node ${process.version}, user ${process.getuid()}`'];
  const inside = await trial.runToEnd('inside', { ...composed('gateway'), command });
  if (!/^Node v24\..*, user [1-9]/.test(inside)) throw new LocalProblem(`Not what the image should be: ${inside}`);
  console.log(`Inside: ${inside.trim()}.`);
}

/** Runs the health checks' own commands; in the trial each service has a port of its own. */
async function checkHealth(trial: ImageTrial, ports: ReadonlyMap<string, number>): Promise<void> {
  for (const [name, port] of ports) {
    const service = composed(name);
    const [, ...command] = service.healthcheck?.test ?? [];
    const here = command.map((word) => word.replace('127.0.0.1:3000', `127.0.0.1:${port}`));
    await trial.runToEnd(`health-of-${name}`, { ...service, command: here });
  }
  console.log('Their health checks succeed.');
}

/** What the header of docker-compose.yml tells a newcomer to do; one list of each service behind the gateway is read. */
async function askAsFirstTenant(trial: ImageTrial, port: number): Promise<void> {
  const command = ['node', 'dist/apps/gateway/src/create-tenant.js', '--name', 'Demo'];
  const output = await trial.runToEnd('create-tenant', { ...composed('gateway'), command });
  const { key } = JSON.parse(output.trim().split('\n').at(-1) ?? '') as { key: string };
  for (const list of ['events', 'registrations', 'agreements', 'webhook-endpoints']) {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/${list}`, { headers: { authorization: `Bearer ${key}` } });
    if (!answer.ok) throw new LocalProblem(`GET /v1/${list} was answered with ${answer.status}.`);
  }
  console.log('The first tenant is answered by every service through the gateway.');
}

async function main(): Promise<void> {
  const [container = '', ...buildah] = process.argv.slice(2);
  const folder = mkdtempSync(join(tmpdir(), 'expo-accord-trial-'));
  chmodSync(folder, 0o711);
  try {
    await tryImage(container, buildah, folder);
  } catch (error) {
    console.error(error instanceof LocalProblem ? error.message : error);
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
