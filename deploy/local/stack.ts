import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ServiceName } from '@expo-accord/contracts';
import { kafkaSettings } from '@expo-accord/messaging';
import { readSettings } from '@expo-accord/settings';
import { setUpDatabase } from './database-setup';
import { prepareFolder } from './disk-space';
import { assertKafkaJava } from './kafka-jars';
import { Infrastructure, type InfrastructureAddress } from './infrastructure';
import { grantLocalAccess } from './kafka-access';
import { kafkaLogin, type KafkaUser } from './kafka-users';
import { LocalProblem } from './local-problem';
import { type LocalProcess } from './local-process';
import { MailCatcher } from './mail-catcher';
import { claimPort } from './ports';
import { type Secrets, secretsIn } from './secrets';
import { serviceEnvironment, serviceNames, type ServiceSurroundings } from './services';
import { prepareServices } from './service-program';
import { SupervisedService } from './supervised-service';

export type StackPorts = Record<ServiceName | 'postgres' | 'kafka' | 'smtp' | 'mailReader', number>;

/** Who a port is for, as a person is told. */
const portUsers: Record<keyof StackPorts, string> = {
  gateway: 'the gateway',
  events: 'the events service',
  registrations: 'the registrations service',
  agreements: 'the agreements service',
  notifications: 'the notifications service',
  postgres: 'PostgreSQL',
  kafka: 'Kafka',
  smtp: 'the mail catcher',
  mailReader: "the mail catcher's list",
};

export interface StackPlan {
  /** Holds everything that the stack keeps: data, secrets, logs, mails. */
  folder: string;
  /** Random free ones where not given. */
  ports?: Partial<StackPorts>;
  /** Somebody else's PostgreSQL and Kafka, instead of own ones in the folder. */
  infrastructure?: InfrastructureAddress;
  database?: string;
  rolePrefix?: string;
  topicPrefix?: string;
  logLevel?: string;
  /** Settings that differ from those of services.ts. */
  settings?: Partial<Record<ServiceName, Record<string, string>>>;
  log: (line: string) => void;
  /** Aborted when the start is to be given up. */
  signal?: AbortSignal;
}

/** PostgreSQL, Kafka, a mail catcher and the five services, as processes of this machine. */
export class LocalStack {
  /** Resolves with a reason when the stack can no longer run: the database, the broker or a service is gone for good. */
  readonly broken: Promise<string>;
  private reportBroken!: (reason: string) => void;
  private readonly stoppers: (() => Promise<void>)[] = [];
  private readonly services = new Map<ServiceName, SupervisedService>();
  private surroundings!: ServiceSurroundings;
  private stopping: Promise<void> | undefined;
  mail!: MailCatcher;
  infrastructure!: InfrastructureAddress;

  private constructor(private readonly plan: StackPlan) {
    this.broken = new Promise((resolve) => {
      this.reportBroken = resolve;
    });
  }

  static async start(plan: StackPlan): Promise<LocalStack> {
    const stack = new LocalStack(plan);
    try {
      await stack.startAll();
      return stack;
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  get url(): string {
    return this.service('gateway').url;
  }

  /** The settings that the program of a service runs with. */
  settingsOf(service: ServiceName): Record<string, string> {
    return { ...serviceEnvironment(service, this.surroundings), ...this.plan.settings?.[service] };
  }

  /** The settings of somebody who uses Kafka from outside of the services; the admin may read and write every topic. */
  kafkaSettingsOf(user: Exclude<KafkaUser, ServiceName>): Record<string, string> {
    const { brokers, passwords } = this.infrastructure.kafka;
    return {
      KAFKA_BROKERS: brokers.join(','),
      KAFKA_TOPIC_PREFIX: this.plan.topicPrefix ?? '',
      ...kafkaLogin(user, passwords),
    };
  }

  service(name: ServiceName): SupervisedService {
    const found = this.services.get(name);
    if (found === undefined) throw new Error(`${name} has not been started`);
    return found;
  }

  /**
   * One more process of a service beside the first, on a port of its own; back when it is ready. The stack stops it with
   * the others, and does not send it any request: that is for whoever knows its URL.
   */
  async addInstance(name: ServiceName, settings: Record<string, string> = {}): Promise<SupervisedService> {
    const port = await claimPort(portUsers[name]);
    const env = { ...this.settingsOf(name), HTTP_PORT: String(port), ...settings };
    const instance = this.supervise(name, port, env, join(this.plan.folder, 'logs', `${name}.${port}.log`));
    this.stoppers.push(() => instance.stop());
    await instance.start();
    await instance.ready(this.plan.signal);
    return instance;
  }

  /** Ends a service as a crash would (kill -9) and starts it again; back when it is ready. */
  async killAndRestart(name: ServiceName): Promise<void> {
    await this.service(name).kill();
    await this.service(name).start();
    await this.service(name).ready();
  }

  /** In order: gateway, services, mail catcher, Kafka, PostgreSQL. */
  async stop(): Promise<void> {
    this.stopping ??= this.stopAll();
    await this.stopping;
  }

  private async startAll(): Promise<void> {
    const { plan } = this;
    await prepareFolder(plan.folder, 500);
    const logs = join(plan.folder, 'logs');
    mkdirSync(logs, { recursive: true });
    const secrets = secretsIn(plan.folder);
    // Before anything is started, so that what is missing or in use costs nobody any waiting.
    if (plan.infrastructure === undefined) assertKafkaJava();
    const ports = await this.claimPorts();
    this.infrastructure = plan.infrastructure ?? (await this.startInfrastructure(secrets, ports));
    this.assertWanted();
    this.mail = await MailCatcher.start({
      folder: join(plan.folder, 'mails'),
      smtpPort: ports.smtp,
      httpPort: ports.mailReader,
    });
    this.stoppers.push(() => this.mail.stop());
    this.surroundings = await this.prepareSurroundings(secrets, ports);
    plan.log('Migrating the databases and creating the topics.');
    await prepareServices(
      serviceNames.map((name) => [name, this.settingsOf(name)]),
      join(logs, 'prepare.log'),
    );
    this.assertWanted();
    plan.log('Starting the services.');
    for (const name of serviceNames) await this.startService(name, join(logs, `${name}.log`));
    await Promise.all(
      serviceNames.map(async (name) => {
        await this.service(name).ready(plan.signal);
      }),
    );
  }

  private async claimPorts(): Promise<StackPorts> {
    const names: (keyof StackPorts)[] = [...serviceNames, 'smtp', 'mailReader'];
    if (this.plan.infrastructure === undefined) names.push('postgres', 'kafka');
    const ports: Partial<StackPorts> = {};
    for (const name of names) ports[name] = await claimPort(portUsers[name], this.plan.ports?.[name]);
    return ports as StackPorts;
  }

  private async startInfrastructure(secrets: Secrets, ports: StackPorts): Promise<InfrastructureAddress> {
    const { folder, log } = this.plan;
    log('Starting PostgreSQL and Kafka.');
    const infrastructure = await Infrastructure.start({
      folder,
      postgresPassword: secrets.postgresPassword,
      kafkaPasswords: secrets.kafkaPasswords,
      durable: true,
      open: false,
      postgresPort: ports.postgres,
      kafkaPort: ports.kafka,
    });
    this.stoppers.push(() => infrastructure.stop());
    for (const process of infrastructure.processes) this.watch(process);
    return infrastructure.address;
  }

  private async prepareSurroundings(secrets: Secrets, ports: StackPorts): Promise<ServiceSurroundings> {
    const { plan, infrastructure } = this;
    await grantLocalAccess(readSettings(kafkaSettings, this.kafkaSettingsOf('admin')));
    const databaseUrls = await setUpDatabase({
      server: infrastructure.postgres,
      database: plan.database ?? 'expo_accord',
      rolePrefix: plan.rolePrefix ?? '',
      passwords: secrets.rolePasswords,
    });
    return {
      ports,
      databaseUrls,
      brokers: infrastructure.kafka.brokers,
      kafkaPasswords: infrastructure.kafka.passwords,
      topicPrefix: plan.topicPrefix ?? '',
      smtpUrl: this.mail.smtpUrl,
      documents: join(plan.folder, 'documents'),
      ...(plan.logLevel !== undefined && { logLevel: plan.logLevel }),
      keys: secrets,
    };
  }

  private async startService(name: ServiceName, logFile: string): Promise<void> {
    const service = this.supervise(name, this.surroundings.ports[name], this.settingsOf(name), logFile);
    await service.start();
    this.services.set(name, service);
    if (name === 'gateway') this.stoppers.push(() => this.stopServices(['gateway']));
    else
      this.stoppers.push(async () => {
        await this.stopServices(serviceNames.filter((one) => one !== 'gateway'));
      });
  }

  private supervise(name: ServiceName, port: number, env: Record<string, string>, logFile: string): SupervisedService {
    return new SupervisedService({ name, port, env, logFile, log: this.plan.log, gaveUp: this.reportBroken });
  }

  /** Together, because each may take some seconds to finish what it has in hand. */
  private async stopServices(names: ServiceName[]): Promise<void> {
    await Promise.all(names.map(async (name) => await this.services.get(name)?.stop()));
  }

  private watch(process: LocalProcess): void {
    void process.exited.then(() => {
      if (this.stopping === undefined) this.reportBroken(process.epitaph() ?? `${process.name} ended.`);
    });
  }

  private assertWanted(): void {
    if (this.plan.signal?.aborted === true) throw new LocalProblem('Stopped while starting.');
  }

  private async stopAll(): Promise<void> {
    for (const stop of this.stoppers.splice(0).reverse()) await stop();
  }
}
