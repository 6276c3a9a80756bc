import { verifyStreams } from '@expo-accord/messaging';
import { topics } from '@expo-accord/contracts';
import { type DataSource } from 'typeorm';
import { ApiClient, type Json } from '../../deploy/demo/api-client';
import { Downstream } from '../../deploy/demo/downstream';
import { type SupervisedService } from '../../deploy/local/supervised-service';
import { onDatabaseOf, speakers, untilAtRest } from '../support/operating';
import { openEvent, signUpLines } from '../support/sign-ups';
import { startTestStack, type TestStack } from '../support/stack';
import { until } from '../support/until';
import { Workload } from '../support/workload';

jest.setTimeout(300_000);

/** More than are worked through while one instance after the other is killed. */
const linesOfEach = 10_000;
const IMPORTED_WITHIN_MS = 240_000;

const unfinishedImports = (db: DataSource): Promise<unknown[]> =>
  db.query<unknown[]>(`SELECT 1 FROM import_job WHERE status IN ('queued', 'running')`);

type Speaker = (typeof speakers)[number];
type Instances = Record<Speaker, SupervisedService>;

/** One process of each service, and a gateway that knows these and no others. */
async function oneMoreOfEach(stack: TestStack['stack']): Promise<{ instances: Instances; gateway: SupervisedService }> {
  const started = await Promise.all(speakers.map(async (name) => [name, await stack.addInstance(name)] as const));
  const instances = Object.fromEntries(started) as Instances;
  const gateway = await stack.addInstance(
    'gateway',
    Object.fromEntries(speakers.map((name) => [`${name.toUpperCase()}_URL`, instances[name].url])),
  );
  return { instances, gateway };
}

describe('two and three instances of each service side by side', () => {
  let test: TestStack;
  let clients: ApiClient[];
  let downstream: Downstream;
  let workload: Workload;
  let instances: Instances[];
  let imported: Json[];
  let authorization: string;
  const unfinishedAtKills: number[] = [];

  const firstOnes = (): Instances =>
    Object.fromEntries(speakers.map((name) => [name, test.stack.service(name)])) as Instances;

  /** What was asked for goes on while `meanwhile` is done. */
  async function while_(meanwhile: () => Promise<void>): Promise<void> {
    let isOver = false;
    const goingOn = workload.go(() => isOver);
    try {
      await meanwhile();
    } finally {
      isOver = true;
    }
    await goingOn;
  }

  async function again(instance: SupervisedService, how: 'kill' | 'stop'): Promise<void> {
    await instance[how]();
    await instance.start();
    await instance.ready();
  }

  /** Two imports at once; while they go on one instance after the other is killed (kill -9), so whoever works on one is, too. */
  async function killEachDuringAnImport(): Promise<void> {
    const [api] = clients as [ApiClient];
    const eventId = await openEvent(api);
    const path = `/v1/events/${eventId}/imports`;
    imported = await Promise.all(
      ['one', 'other'].map((name) => api.postLines(path, () => signUpLines(name, linesOfEach))),
    );
    await until(
      () => jobsOf(api),
      (jobs) => jobs.every(({ processed }) => Number(processed) > 0),
    );
    for (const { registrations } of instances) {
      unfinishedAtKills.push((await onDatabaseOf(test.stack, 'registrations', unfinishedImports)).length);
      await registrations.kill();
    }
    await Promise.all(instances.map(({ registrations }) => registrations.start()));
    await Promise.all(instances.map(({ registrations }) => registrations.ready()));
    await until(
      () => jobsOf(api),
      (jobs) => jobs.every(({ finishedAt }) => finishedAt !== null),
      IMPORTED_WITHIN_MS,
    );
  }

  const jobsOf = (api: ApiClient): Promise<Json[]> =>
    Promise.all(imported.map(({ id }) => api.get(`/v1/imports/${String(id)}`)));

  beforeAll(async () => {
    test = await startTestStack();
    const { key } = await test.tenant('Several');
    authorization = `Bearer ${key}`;
    const second = await oneMoreOfEach(test.stack);
    instances = [firstOnes(), second.instances];
    clients = [new ApiClient(test.url, key), new ApiClient(second.gateway.url, key)];
    downstream = await Downstream.listen(clients[0] as ApiClient);
    workload = await Workload.begin(clients, 'several');

    // Two of each: one is killed or asked to end while the other goes on.
    await while_(async () => {
      const [first] = instances as [Instances];
      await Promise.all(speakers.map((name, index) => again(first[name], index % 2 === 0 ? 'kill' : 'stop')));
    });
    // Three of each; of each another one, and what was killed before is now asked to end.
    await while_(async () => {
      const third = await oneMoreOfEach(test.stack);
      instances.push(third.instances);
      clients.push(new ApiClient(third.gateway.url, key));
      const at = (index: number, name: Speaker) => (instances[index % 3] as Instances)[name];
      await Promise.all(speakers.map((name, index) => again(at(index, name), index % 2 === 0 ? 'stop' : 'kill')));
    });
    await killEachDuringAnImport();
    await untilAtRest(test.stack);
  });

  afterAll(async () => {
    await downstream.stop();
    await test.stop();
  });

  it.each(speakers)('leave every message of %s on its topic, in order and without a gap', async (service) => {
    const owned = topics.filter(({ owner }) => owner === service);
    const found = await onDatabaseOf(test.stack, service, (dataSource, kafka) =>
      verifyStreams(dataSource, kafka, owned),
    );
    expect(found.findings).toEqual([]);
    expect(found.records).toBeGreaterThan(0);
    const parked = await onDatabaseOf(test.stack, service, (db) => db.query<unknown[]>('SELECT 1 FROM parked_message'));
    expect(parked).toEqual([]);
  });

  it('count what was acknowledged, neither less nor more', async () => {
    const { seriesId, acknowledged } = workload;
    const { rows } = await (clients[0] as ApiClient).get(`/v1/series/${seriesId}/statistics`);
    const computed = (metric: string): unknown =>
      ((rows as Json[]).find((row) => row.metric === metric)?.computed as Json | null)?.value;
    expect({
      registered: computed('registered'),
      projects: computed('projects'),
      agreements: computed('agreements'),
    }).toEqual({
      registered: String(acknowledged.registered - acknowledged.cancelled),
      projects: String(acknowledged.projects),
      agreements: String(acknowledged.agreements),
    });
  });

  it('work through each line of an import once, whoever of them is killed', async () => {
    const [api] = clients as [ApiClient];
    expect(unfinishedAtKills).toEqual([2, 2, 2]);
    for (const { id, eventId } of imported) {
      expect(await api.get(`/v1/imports/${String(id)}`)).toMatchObject({ status: 'done', created: linesOfEach });
      const results = await fetch(`${test.url}/v1/imports/${String(id)}/results`, { headers: { authorization } });
      const lines = (await results.text()).trimEnd().split('\n');
      expect(lines.map((line) => (JSON.parse(line) as Json).line)).toEqual(
        Array.from({ length: linesOfEach }, (_, index) => index + 1),
      );
      const { total } = await api.get(`/v1/events/${String(eventId)}/breakdown`);
      expect(total).toMatchObject({ registered: 2 * linesOfEach });
    }
    const staged = await onDatabaseOf(test.stack, 'registrations', (db) =>
      db.query<unknown[]>('SELECT 1 FROM import_chunk'),
    );
    expect(staged).toEqual([]);
  });

  it('send each mail and each webhook for one cause, and again only under the same id', async () => {
    const causes = await onDatabaseOf(test.stack, 'notifications', (db) =>
      db.query<{ channel: string; causes: number; deliveries: number; delivered: number }[]>(
        `SELECT channel, count(DISTINCT cause_id)::int AS causes, count(*)::int AS deliveries,
           count(*) FILTER (WHERE status = 'delivered')::int AS delivered
         FROM delivery GROUP BY channel ORDER BY channel`,
      ),
    );
    for (const each of causes) expect([each.deliveries, each.delivered]).toEqual([each.causes, each.causes]);
    const [mail, webhook] = causes;
    const mails = new Set(test.stack.mail.mails.map(({ headers }) => headers['message-id']));
    expect(mails.size).toBe(mail?.causes);
    const told = [...downstream.receiver.countsByType().values()].reduce((sum, count) => sum + count, 0);
    expect([told, downstream.receiver.rejected]).toEqual([webhook?.causes, 0]);
  });
});
