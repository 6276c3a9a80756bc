import { dataSourceOptions, migrate, newId, Transactions } from '@expo-accord/database';
import { DataSource } from 'typeorm';
import { testDatabase, type TestDatabase } from '../../../../test/support/infrastructure';
import { entities } from '../database/entities';
import { migrations } from '../database/migrations';
import { Retention } from './retention';

let database: TestDatabase;
let dataSource: DataSource;

beforeAll(async () => {
  database = await testDatabase('notifications');
  const config = {
    ...database.env,
    DATABASE_POOL_SIZE: 3,
    DATABASE_TLS: 'disable',
    DATABASE_CA_FILE: undefined,
  } as const;
  await migrate({ config, entities, migrations, log: () => undefined });
  dataSource = await new DataSource(dataSourceOptions(config, entities, migrations)).initialize();
});

afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

async function kept(age: string): Promise<{ delivery: string; message: string }> {
  const [delivery, message, tenant] = [newId(), newId(), newId()];
  await database.query(
    `INSERT INTO public_message (id, tenant_id, type, source, epoch, sequence, correlation_id, time, data, received_at)
     VALUES ($1, $2, 'a.b.v1', '/b/1', 1, 1, 'c', now(), '{}', now() - $3::interval)`,
    [message, tenant, age],
  );
  await database.query(
    `INSERT INTO delivery (id, tenant_id, channel, status, cause_id, cause_type, source, correlation_id, synthetic, created_at)
     VALUES ($1, $2, 'webhook', 'delivered', $3, 'a.b.v1', '/b/1', 'c', false, now() - $4::interval)`,
    [delivery, tenant, message, age],
  );
  await database.query(
    `INSERT INTO delivery_attempt (id, delivery_id, number, started_at, duration_ms, succeeded, code)
     VALUES ($1, $2, 1, now(), 1, true, 'ok')`,
    [newId(), delivery],
  );
  return { delivery, message };
}

it('keeps deliveries and public messages for 30 days, and their attempts with them', async () => {
  await kept('30 days 1 minute');
  const young = await kept('29 days 23 hours');
  await new Retention(new Transactions(dataSource)).sweep();
  const ids = async (sql: string): Promise<unknown[]> =>
    (await database.query<{ id: string }>(sql)).map(({ id }) => id);
  expect(await ids('SELECT id FROM delivery')).toEqual([young.delivery]);
  expect(await ids('SELECT delivery_id AS id FROM delivery_attempt')).toEqual([young.delivery]);
  expect(await ids('SELECT id FROM public_message')).toEqual([young.message]);
});
