import { contactTopic } from '@expo-accord/contracts';
import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { serviceNames } from '../../deploy/local/services';
import { waitFor } from '../../deploy/local/waiting';
import { type TestStack } from '../support/stack';

/** Kills one of the services in the end. */
export function describeLocalStack(stack: () => TestStack): void {
  describe('the local stack', () => {
    let running: TestStack;

    beforeAll(() => {
      running = stack();
    });

    it('makes tenants whose key the gateway knows, and knows no other', async () => {
      const { key } = await running.tenant('Somebody');
      const answered = async (authorization: string): Promise<number> =>
        (await fetch(`${running.url}/v1/events`, { headers: { authorization } })).status;
      expect(await answered(`Bearer ${key}`)).toBe(200);
      expect(await answered('Bearer xa_nobody')).toBe(401);
    });

    it.each(serviceNames)('lets the role of %s reach its own schema only', async (service) => {
      const { DATABASE_URL: connectionString } = running.stack.settingsOf(service);
      const client = new Client({ connectionString });
      await client.connect();
      try {
        const reachable = await client.query<{ nspname: string }>(
          `SELECT nspname FROM pg_namespace
         WHERE (has_schema_privilege(oid, 'USAGE') OR has_schema_privilege(oid, 'CREATE'))
           AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'`,
        );
        expect(reachable.rows).toEqual([{ nspname: service }]);
        for (const other of serviceNames.filter((name) => name !== service)) {
          await expect(client.query(`SELECT * FROM ${other}.migrations`)).rejects.toThrow(
            'permission denied for schema',
          );
        }
        const role = await client.query(
          'SELECT rolsuper, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user',
        );
        expect(role.rows).toEqual([{ rolsuper: false, rolcreatedb: false, rolcreaterole: false }]);
      } finally {
        await client.end();
      }
    });

    it.each([
      ['events', false],
      ['agreements', false],
      ['registrations', true],
      ['notifications', true],
    ] as const)('lets the login of %s to Kafka see that there are contacts: %s', async (service, sees) => {
      const settings = running.stack.settingsOf(service);
      const { KAFKA_BROKERS: brokers = '', KAFKA_SASL_USERNAME: username = '' } = settings;
      const login = { mechanism: 'plain', username, password: settings.KAFKA_SASL_PASSWORD ?? '' } as const;
      const admin = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING, sasl: login }).admin();
      await admin.connect();
      try {
        const topics = await admin.listTopics();
        expect([username, topics.includes(`${running.topicPrefix}events.event`)]).toEqual([service, true]);
        expect(topics.includes(running.topicPrefix + contactTopic.name)).toBe(sees);
      } finally {
        await admin.disconnect();
      }
    });

    it('says that a service crashed, and starts it again', async () => {
      const service = running.stack.service('agreements');
      const { pid } = service;
      if (pid === undefined) throw new Error('agreements does not run');
      process.kill(pid, 'SIGKILL');
      await waitFor('agreements running again', () => (service.pid !== pid ? true : undefined), { timeoutMs: 10_000 });
      await service.ready();
      expect(running.log.join('\n')).toContain('agreements ended (signal SIGKILL)');
    });

    it('keeps a service away that was killed on purpose, until it is started', async () => {
      const service = running.stack.service('agreements');
      await service.kill();
      await expect(fetch(`${service.url}/health/live`)).rejects.toThrow();
      await service.start();
      await service.ready();
    });
  });
}
