import { join } from 'node:path';
import { kafkaJars } from './kafka-jars';
import { type RunningKafka, startKafka } from './kafka';
import { type KafkaPasswords } from './kafka-users';
import { type PostgresAddress, type RunningPostgres, startPostgres } from './postgres';

/** What a program needs to use an infrastructure that another one runs. */
export interface InfrastructureAddress {
  postgres: PostgresAddress;
  kafka: {
    /** Where users log in, by these passwords. */
    brokers: string[];
    passwords: KafkaPasswords;
    /** Where nobody logs in and everybody may do everything; for tests. */
    openBrokers?: string[];
  };
}

export interface InfrastructurePlan {
  folder: string;
  postgresPassword: string;
  postgresPort?: number;
  kafkaPort?: number;
  kafkaPasswords: KafkaPasswords;
  /** Whether Kafka also listens where nobody logs in. */
  open: boolean;
  /** Whether what is committed outlives a crash. Tests' does not, and is gone within minutes. */
  durable: boolean;
}

/** One PostgreSQL and one Kafka broker under one folder. */
export class Infrastructure {
  private constructor(
    private readonly postgres: RunningPostgres,
    private readonly kafka: RunningKafka,
    private readonly kafkaPasswords: KafkaPasswords,
  ) {}

  static async start(plan: InfrastructurePlan): Promise<Infrastructure> {
    // A missing Java or Maven is said before PostgreSQL has been set up for nothing.
    kafkaJars();
    const [postgres, kafka] = await Promise.allSettled([
      startPostgres({
        folder: join(plan.folder, 'postgres'),
        password: plan.postgresPassword,
        durable: plan.durable,
        ...(plan.postgresPort !== undefined && { port: plan.postgresPort }),
      }),
      startKafka({
        folder: join(plan.folder, 'kafka'),
        passwords: plan.kafkaPasswords,
        brief: !plan.durable,
        ...(plan.open && { open: {} }),
        ...(plan.kafkaPort !== undefined && { port: plan.kafkaPort }),
      }),
    ]);
    if (postgres.status === 'fulfilled' && kafka.status === 'fulfilled') {
      return new Infrastructure(postgres.value, kafka.value, plan.kafkaPasswords);
    }
    if (postgres.status === 'fulfilled') await postgres.value.process.stop();
    if (kafka.status === 'fulfilled') await kafka.value.process.stop();
    throw postgres.status === 'rejected' ? postgres.reason : kafka.status === 'rejected' ? kafka.reason : undefined;
  }

  get address(): InfrastructureAddress {
    const { host, port, user, password } = this.postgres;
    const { brokers, openPort } = this.kafka;
    return {
      postgres: { host, port, user, password },
      kafka: {
        brokers,
        passwords: this.kafkaPasswords,
        ...(openPort !== undefined && { openBrokers: [`127.0.0.1:${openPort}`] }),
      },
    };
  }

  get processes(): RunningPostgres['process'][] {
    return [this.postgres.process, this.kafka.process];
  }

  async stop(): Promise<void> {
    await this.kafka.process.stop();
    await this.postgres.process.stop();
  }
}
