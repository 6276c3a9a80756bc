import { spawn } from 'node:child_process';
import { type ConsumerName } from '@expo-accord/contracts';
import { type Rebuilt } from '@expo-accord/messaging';
import { ApiClient } from '../../deploy/demo/api-client';
import { Downstream } from '../../deploy/demo/downstream';
import { runServiceProgram } from '../../deploy/local/service-program';
import { serviceProgram } from '../../deploy/local/supervised-service';
import { onDatabaseOf, operate, type speakers, untilAtRest } from '../support/operating';
import { readModelDump } from '../support/read-model-dump';
import { startTestStack, type TestStack } from '../support/stack';
import { until } from '../support/until';
import { Workload } from '../support/workload';

jest.setTimeout(300_000);

type Speaker = (typeof speakers)[number];

/** Every consumer that keeps a read model, its tables, and what somebody's mistake may do to them. */
const readModels: [consumer: ConsumerName, tables: string[], mistake: string][] = [
  [
    'events.statistics',
    ['counted_registrations', 'counted_project', 'counted_agreement'],
    'UPDATE counted_registrations SET count = count + 1; DELETE FROM counted_project',
  ],
  ['registrations.events', ['event_copy'], `UPDATE event_copy SET synthetic = NOT synthetic`],
  ['agreements.events', ['event_copy'], 'DELETE FROM event_copy WHERE synthetic IS FALSE'],
  ['agreements.fulfilment', ['fulfilment'], 'UPDATE fulfilment SET named = NOT named'],
  ['notifications.contacts', ['contact'], `UPDATE contact SET language = 'ja'`],
  ['notifications.events', ['event_copy'], `UPDATE event_copy SET names = '{}'`],
  ['notifications.webhooks', ['public_message'], `DELETE FROM public_message WHERE type LIKE '%agreement.agreed%'`],
];
const serviceOf = (consumer: ConsumerName): Speaker => consumer.slice(0, consumer.indexOf('.')) as Speaker;

describe('read models rebuilt from the first message, beside those that serve', () => {
  let test: TestStack;
  let workloads: Workload[];
  let downstreams: Downstream[];

  const dump = (consumer: ConsumerName, tables: string[]) =>
    onDatabaseOf(test.stack, serviceOf(consumer), (dataSource) =>
      readModelDump({ query: (sql, values) => dataSource.query(sql, values) }, tables),
    );
  const onServing = (consumer: ConsumerName, sql: string) =>
    onDatabaseOf(test.stack, serviceOf(consumer), (dataSource) => dataSource.query<unknown[]>(sql));

  async function rebuild(consumer: ConsumerName): Promise<Rebuilt> {
    const { code, stdout, stderr } = await operate(
      test.stack,
      serviceOf(consumer),
      'replay',
      consumer,
      '--from-start',
      '--json',
    );
    expect([code, stderr]).toEqual([0, '']);
    return JSON.parse(stdout) as Rebuilt;
  }
  const differences = ({ tables }: Rebuilt): number =>
    tables.reduce((sum, { added, changed, removed }) => sum + added + changed + removed, 0);

  beforeAll(async () => {
    test = await startTestStack();
    const tenants = await Promise.all(['First', 'Second'].map((name) => test.tenant(name)));
    const clients = tenants.map(({ key }) => new ApiClient(test.url, key));
    downstreams = await Promise.all(clients.map((client) => Downstream.listen(client)));
    workloads = await Promise.all(clients.map((client, at) => Workload.begin([client], `tenant-${at}`)));
    await Promise.all(workloads.map((workload) => workload.round()));
    await untilAtRest(test.stack);
  });

  afterAll(async () => {
    for (const downstream of downstreams) await downstream.stop();
    await test.stop();
  });

  it('are put right, each of them, while everything goes on', async () => {
    for (const [consumer, , mistake] of readModels) await onServing(consumer, mistake);
    let isOver = false;
    const goingOn = (workloads[0] as Workload).go(() => isOver);
    const rebuilt = await Promise.all(readModels.map(([consumer]) => rebuild(consumer)));
    isOver = true;
    await goingOn;
    expect(rebuilt.filter((each) => differences(each) === 0 || each.parked > 0)).toEqual([]);
  });

  it('is as before when the rebuild is killed in the middle', async () => {
    const [consumer, tables, mistake] = readModels[0] as (typeof readModels)[number];
    await untilAtRest(test.stack);
    await onServing(consumer, mistake);
    const before = await dump(consumer, tables);
    let ended: Promise<unknown> | undefined;
    await onDatabaseOf(test.stack, 'events', (dataSource) =>
      dataSource.transaction(async (manager) => {
        // While somebody holds the positions there can be no switch.
        await manager.query('SELECT 1 FROM consumer_position WHERE consumer = $1 FOR UPDATE', [consumer]);
        const program = spawn(process.execPath, [serviceProgram('events', 'rebuild'), consumer], {
          env: test.stack.settingsOf('events'),
          stdio: 'ignore',
        });
        ended = new Promise((resolve) =>
          program.once('exit', (_code, signal) => {
            resolve(signal);
          }),
        );
        await until(
          () =>
            manager.query<unknown[]>(
              `SELECT 1 FROM pg_class WHERE relname = 'counted_project' AND relpersistence = 't'`,
            ),
          (rows) => rows.length > 0,
          120_000,
        ).finally(() => program.kill('SIGKILL'));
      }),
    );
    expect([await ended, await dump(consumer, tables)]).toEqual(['SIGKILL', before]);
    expect(differences(await rebuild(consumer))).toBeGreaterThan(0);
  });

  it('are the same again, each of them, when they are rebuilt at rest', async () => {
    const dumps = () => Promise.all(readModels.map(([consumer, tables]) => dump(consumer, tables)));
    await untilAtRest(test.stack);
    const before = await dumps();
    await Promise.all(
      readModels.map(async ([consumer]) => {
        const service = serviceOf(consumer);
        await runServiceProgram(service, 'rebuild', [consumer], test.stack.settingsOf(service), '/dev/null');
      }),
    );
    expect(before.filter((each) => each.length === 0)).toEqual([]);
    expect(await dumps()).toEqual(before);
  });

  it('leave quotas alone, which an operator has counted again, and put right when asked to', async () => {
    const counters = () => onServing('registrations.events', 'SELECT id, taken FROM quota ORDER BY id');
    const recount = async (...args: string[]): Promise<unknown> => {
      const { code, stdout } = await operate(test.stack, 'registrations', 'quotas', 'recount', ...args, '--json');
      return { code, ...(JSON.parse(stdout) as { quotas: number; wrong: unknown[] }) };
    };
    const before = await counters();
    await onServing('registrations.events', 'UPDATE quota SET taken = taken + 1');
    expect(await recount()).toMatchObject({
      code: 1,
      quotas: before.length,
      wrong: before.map(() => ({ quota: 'buyer' })),
      repaired: false,
    });
    expect(await counters()).not.toEqual(before);
    expect(await recount('--repair')).toMatchObject({ code: 0, wrong: before.map(() => ({})), repaired: true });
    expect(await counters()).toEqual(before);
    const elsewhere = await operate(test.stack, 'events', 'quotas', 'recount');
    expect([elsewhere.code, elsewhere.stderr]).toEqual([
      2,
      'There are no quotas in events, whose settings these are.\n',
    ]);
  });

  it('is refused where there is nothing but what people were told', async () => {
    const refused = await operate(test.stack, 'notifications', 'replay', 'notifications.registrations', '--from-start');
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('that is done once');
  });

  it('told nobody anything twice', async () => {
    await untilAtRest(test.stack);
    const asked = workloads.reduce((sum, { acknowledged }) => sum + acknowledged.mails, 0);
    const ids = test.stack.mail.mails.map(({ headers }) => headers['message-id']);
    const causes = await onServing(
      'notifications.contacts',
      `SELECT DISTINCT cause_id FROM delivery WHERE channel = 'mail'`,
    );
    expect([ids.length, new Set(ids).size]).toEqual([causes.length, causes.length]);
    expect(ids.length).toBeGreaterThanOrEqual(asked);
    for (const { receiver } of downstreams) expect([receiver.repeated, receiver.rejected]).toEqual([0, 0]);
    const told = downstreams.flatMap(({ receiver }) => [...receiver.countsByType().values()]);
    const webhooks = await onServing('notifications.webhooks', `SELECT 1 FROM delivery WHERE channel = 'webhook'`);
    expect(told.reduce((sum, count) => sum + count, 0)).toBe(webhooks.length);
    expect(test.log.filter((line) => line.includes('started again'))).toEqual([]);
  });

  it('judged each commitment once, by the edition that was held', async () => {
    const rounds = workloads.reduce((sum, { acknowledged }) => sum + acknowledged.agreements, 0);
    const judged = await onServing('agreements.fulfilment', 'SELECT outcome, event_id FROM commitment_assessment');
    expect(judged.length).toBe(rounds);
    expect(new Set(judged.map((assessment) => JSON.stringify(assessment))).size).toBe(rounds);
    expect(judged).toContainEqual(expect.objectContaining({ outcome: 'met' }));
  });
});
