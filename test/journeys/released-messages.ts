import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { consumersOf, contractOf } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { Client } from 'pg';
import { projectRoot } from '../../deploy/local/project-root';
import { testKafka } from '../support/infrastructure';
import { MessageWire } from '../support/message-wire';
import { type TestStack } from '../support/stack';
import { until } from '../support/until';

interface Taken {
  consumer: string;
  source: string;
  state: string;
}

export function describeReleasedMessages(stack: () => TestStack): void {
  describe('every message that was ever promised', () => {
    const folder = join(projectRoot(), 'libs/contracts/released');
    const services = ['events', 'registrations', 'agreements', 'notifications'] as const;
    let test: TestStack;
    let wire: MessageWire;
    const said: { topic: string; source: string }[] = [];

    beforeAll(async () => {
      test = stack();
      wire = await MessageWire.open({ ...testKafka(), topicPrefix: test.topicPrefix }, 'events');
      for (const file of readdirSync(folder)) {
        const { examples } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { examples: object[] };
        const contract = contractOf(basename(file, '.json'));
        if (contract === undefined) throw new Error(`${file} is of no type that is still known`);
        for (const example of examples) {
          const id = newId();
          await wire.sayAsItWas(contract, newId(), id, example);
          said.push({ topic: contract.topic.name, source: `/${contract.topic.aggregate}/${id}` });
        }
      }
    });

    afterAll(async () => {
      await wire.close();
    });

    async function query<T extends object>(service: (typeof services)[number], sql: string): Promise<T[]> {
      const client = new Client({ connectionString: test.stack.settingsOf(service).DATABASE_URL });
      await client.connect();
      try {
        return (await client.query<T>(sql)).rows;
      } finally {
        await client.end();
      }
    }

    it.each(services)('is taken by each consumer of %s, and none is parked', async (service) => {
      const read = await query<{ consumer: string; topic: string }>(
        service,
        `SELECT DISTINCT consumer, topic FROM ${service}.consumer_position`,
      );
      expect(new Set(read.map(({ consumer }) => consumer))).toEqual(new Set(consumersOf(service)));
      const due = read.flatMap(({ consumer, topic }) =>
        said.filter((each) => each.topic === topic).map(({ source }) => `${consumer} ${source} flowing`),
      );
      const taken = await until(
        async () =>
          (await query<Taken>(service, `SELECT consumer, source, state FROM ${service}.consumer_cursor`))
            .filter(({ source }) => said.some((each) => each.source === source))
            .map(({ consumer, source, state }) => `${consumer} ${source} ${state}`),
        (all) => all.length >= due.length,
      );
      expect(taken.sort()).toEqual(due.sort());
    });
  });
}
