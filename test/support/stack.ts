import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServiceName } from '@expo-accord/contracts';
import { dropDatabase } from '../../deploy/local/database-setup';
import { createTenant, type Tenant } from '../../deploy/local/demo-tenant';
import { LocalStack } from '../../deploy/local/stack';
import { serviceProgram } from '../../deploy/local/supervised-service';
import { infrastructureAddress, testKafka } from './infrastructure';

export interface TestStack {
  /** Of the gateway, without a slash at its end. */
  url: string;
  stack: LocalStack;
  /** Makes a tenant with a key that has every scope. */
  tenant: (name: string) => Promise<Tenant>;
  topicPrefix: string;
  /** Where its logs are, in `logs`. */
  folder: string;
  /** What the stack said about itself, crashes among it. */
  log: string[];
  /** Stops the services and removes what they left; PostgreSQL and Kafka go on for the other specs. */
  stop: () => Promise<void>;
}

/** The five services from dist, on the test run's PostgreSQL and Kafka, with a database and topics of their own. */
export async function startTestStack(
  settings: Partial<Record<ServiceName, Record<string, string>>> = {},
): Promise<TestStack> {
  if (!existsSync(serviceProgram('gateway', 'main')))
    throw new Error('The stack runs from dist: run npm run build first.');
  const folder = mkdtempSync(join(tmpdir(), 'expo-accord-stack-'));
  chmodSync(folder, 0o700);
  const unique = randomBytes(5).toString('hex');
  const kafka = testKafka();
  const database = { database: `stack_${unique}`, rolePrefix: `stack_${unique}_` };
  const log: string[] = [];
  const clearAway = async (): Promise<void> => {
    await dropDatabase({ server: infrastructureAddress().postgres, ...database });
    await kafka.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const stack = await LocalStack.start({
      folder,
      infrastructure: infrastructureAddress(),
      ...database,
      topicPrefix: kafka.topicPrefix,
      settings,
      log: (line) => log.push(line),
    });
    return {
      url: stack.url,
      stack,
      tenant: async (name) => await createTenant(stack, name, join(folder, 'logs', 'create-tenant.log')),
      topicPrefix: kafka.topicPrefix,
      folder,
      log,
      stop: async () => {
        await stack.stop();
        await clearAway();
      },
    };
  } catch (error) {
    await clearAway();
    throw error;
  }
}
