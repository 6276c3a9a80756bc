import { contactRecorded, registrationRegistered } from '@expo-accord/contracts';
import { dataSourceOptions, schemaDifference } from '@expo-accord/database';
import { DataSource } from 'typeorm';
import { asSuperuser } from '../../../test/support/infrastructure';
import { entities } from '../src/database/entities';
import { migrations } from '../src/database/migrations';
import { eventually } from '../../../test/support/eventually';
import { type RunningService, startService } from './service';
import { ndjson, signUpBody, type Tenant } from './tenant';

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

const bodies = (count: number, changes: Record<string, unknown> = {}): Record<string, unknown>[] =>
  Array.from({ length: count }, () => signUpBody(changes));

const registeredOf = (tenant: Tenant): number =>
  service.wire.of(registrationRegistered).filter(({ tenantId }) => tenantId === tenant.id).length;

describe('an import', () => {
  it('answers each line with a result, and refuses bad lines alone', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 2 });
    const [first, second, third] = bodies(3);
    const lines = [
      JSON.stringify(first),
      '{"category":\n\n \t',
      JSON.stringify({ ...second, person: { name: 'Kim Minsu' } }),
      JSON.stringify(first),
      JSON.stringify({ ...second, category: 'press' }),
      JSON.stringify(second),
      JSON.stringify(third),
    ];
    const { body: job } = await tenant.import(eventId, '', lines.join('\n'));
    expect(job).toMatchObject({
      status: 'done',
      lines: 7,
      processed: 7,
      created: 2,
      unchanged: 1,
      updated: 0,
      refused: 4,
    });
    const results = await tenant.results(job.id);
    expect(results.map(({ line, outcome, code }) => [line, outcome, code])).toEqual([
      [1, 'created', null],
      [2, 'refused', 'json-malformed'],
      [5, 'refused', 'invalid'],
      [6, 'unchanged', 'already-registered'],
      [7, 'refused', 'category-unknown'],
      [8, 'created', null],
      [9, 'refused', 'quota-full'],
    ]);
    expect(results[2]).toMatchObject({ externalRefs: second?.externalRefs, errors: [{ pointer: '/person/name' }] });
    expect(results[3]?.registrationId).toBe(results[0]?.registrationId);
    expect(results[6]).toMatchObject({ quota: 'buyer', registrationId: null });
    expect(await service.db.query('SELECT * FROM import_chunk')).toEqual([]);
  });

  it('sent again skips every line and says nothing', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const body = ndjson(bodies(1_200));
    expect((await tenant.import(eventId, '', body)).body).toMatchObject({ created: 1_200 });
    await eventually(() => (registeredOf(tenant) === 1_200 ? true : undefined));
    expect((await tenant.import(eventId, '', body)).body).toMatchObject({ created: 0, unchanged: 1_200 });
    expect((await tenant.import(eventId, 'onExisting=update', body)).body).toMatchObject({
      updated: 0,
      unchanged: 1_200,
    });
    expect((await tenant.import(eventId, 'onExisting=refuse', body)).body).toMatchObject({ refused: 1_200 });
    const [stream] = await service.db.query<{ last: string }>(`SELECT max(last_sequence) AS last FROM message_stream`);
    expect(Number(stream?.last)).toBe(1);
    expect(registeredOf(tenant)).toBe(1_200);
  });

  it('corrects what is registered when asked to', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 10, visitor: 2 });
    const people = bodies(3);
    await tenant.import(eventId, '', ndjson(people));
    const moved = ndjson(people.map((body) => ({ ...body, category: 'visitor' })));
    const { body: job } = await tenant.import(eventId, 'onExisting=update', moved);
    expect(job).toMatchObject({ updated: 2, refused: 1 });
    const { byCategory } = (await tenant.get(`/v1/events/${eventId}/breakdown`)).body;
    expect(byCategory).toMatchObject([
      { key: 'buyer', registered: 1 },
      { key: 'visitor', registered: 2 },
    ]);
  });

  it('gives a person to another registration in the same chunk that took the person from the first', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const [one, two, three] = bodies(3);
    await tenant.import(eventId, '', ndjson([one, two]));
    const rotated = [
      { ...two, person: three?.person },
      { ...one, person: two?.person },
      { ...three, person: one?.person },
    ];
    const { body: job } = await tenant.import(eventId, 'onExisting=update', ndjson(rotated));
    expect(job).toMatchObject({ status: 'done', updated: 2, created: 1, refused: 0 });
  });

  it('writes to nobody unless it was asked to', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    await tenant.import(eventId, '', ndjson(bodies(2, { notify: 'changes' })));
    await tenant.import(eventId, 'notify=changes', ndjson(bodies(2)));
    await eventually(() => (registeredOf(tenant) === 4 ? true : undefined));
    const contacts = await eventually(() => {
      const own = service.wire.of(contactRecorded).filter(({ tenantId }) => tenantId === tenant.id);
      return own.length === 2 ? own : undefined;
    });
    const wanted = service.wire
      .of(registrationRegistered)
      .filter(({ tenantId, data }) => tenantId === tenant.id && data.notify);
    expect(contacts.map(({ data }) => data.registrationId).sort()).toEqual(
      wanted.map(({ data }) => data.registrationId).sort(),
    );
  });

  it('of history sets final statuses past window and limits, and writes to nobody', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 1 }, { status: 'closed', synthetic: true });
    const body = ndjson([...bodies(2, { status: 'checkedIn', notify: 'changes' }), ...bodies(1, { status: 'noShow' })]);
    const { body: job } = await tenant.import(eventId, 'historical=true&notify=changes', body);
    expect(job).toMatchObject({ created: 3, refused: 0, notify: 'none', historical: true });
    expect((await tenant.get(`/v1/events/${eventId}/breakdown`)).body).toMatchObject({
      total: { registered: 3, checkedIn: 2, byStatus: { checkedIn: 2, noShow: 1 } },
      synthetic: true,
    });
    await eventually(() => (registeredOf(tenant) === 3 ? true : undefined));
    const own = service.wire.heard.filter(({ tenantId }) => tenantId === tenant.id);
    expect(own.map(({ data }) => data)).toMatchObject(
      Array(3).fill({ historical: true, synthetic: true, notify: false }),
    );
  });

  it('rehearsed tells what would come of it over all chunks, and leaves nothing behind', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 700 });
    const people = bodies(800);
    const { body: job } = await tenant.import(eventId, 'dryRun=true', ndjson([...people, ...people.slice(0, 50)]));
    expect(job).toMatchObject({ dryRun: true, created: 700, refused: 100, unchanged: 50 });
    expect((await tenant.get(`/v1/events/${eventId}/breakdown`)).body.total).toMatchObject({ registered: 0 });
    const { quotas } = (await tenant.get(`/v1/events/${eventId}/availability`)).body;
    expect(quotas).toMatchObject([{ taken: 0, free: 700 }]);
    expect(await service.db.query('SELECT * FROM rehearsed_key')).toEqual([]);
  });

  it('rehearsed uses up an invitation code over all chunks, as it does when it is meant', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ vip: { requiresInvitation: true } });
    const { codes } = (await tenant.post(`/v1/events/${eventId}/invitations`, { count: 2, uses: 505 })).body;
    const [often, once] = codes as string[];
    const lines = bodies(510, { category: 'vip', invitationCode: often });
    lines.splice(499, 0, signUpBody({ category: 'vip', invitationCode: once }));
    const told: unknown[][] = [];
    for (const query of ['dryRun=true', '']) {
      const { body: job } = await tenant.import(eventId, query, ndjson(lines));
      expect(job).toMatchObject({ created: 506, refused: 5 });
      told.push((await tenant.results(job.id)).map(({ line, outcome, code }) => [line, outcome, code]));
    }
    expect(told[0]).toEqual(told[1]);
    expect(told[0]?.slice(-5)).toEqual([507, 508, 509, 510, 511].map((line) => [line, 'refused', 'invitation-used']));
  });

  it('goes on where it was when its worker dies, without doubling and without leaving out', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 9_000 });
    const headers = { 'content-type': 'application/x-ndjson' };
    const body = ndjson(bodies(10_000));
    const { id } = (await tenant.send('POST', `/v1/events/${eventId}/imports`, body, { headers })).body;
    for (let kill = 1; kill <= 4; kill += 1) {
      await eventually(async () => {
        const { processed } = (await tenant.get(`/v1/imports/${id}`)).body;
        return Number(processed) >= kill * 1_000 ? true : undefined;
      });
      // To the database a worker that is killed is a connection that ends in the middle of its transaction.
      await asSuperuser(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${service.db.role}'`);
    }
    expect((await tenant.imported(id)).body).toMatchObject({ status: 'done', created: 9_000, refused: 1_000 });
    expect((await tenant.get(`/v1/events/${eventId}/breakdown`)).body.total).toMatchObject({ registered: 9_000 });
    const results = await tenant.results(id);
    expect(results.map(({ line }) => line)).toEqual(Array.from({ length: 10_000 }, (_, index) => index + 1));
    const ids = () => service.wire.of(registrationRegistered).filter((each) => each.tenantId === tenant.id);
    await eventually(() => (new Set(ids().map(({ source }) => source)).size === 9_000 ? true : undefined));
    expect(new Set(ids().map(({ sequence }) => sequence))).toEqual(new Set([1]));
  });

  it('stops when it is cancelled, and forgets the lines', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const headers = { 'content-type': 'application/x-ndjson' };
    const sent = await tenant.send('POST', `/v1/events/${eventId}/imports`, ndjson(bodies(5_000)), { headers });
    expect([sent.status, sent.headers.get('location')]).toEqual([202, `/v1/imports/${sent.body.id}`]);
    const cancelled = await tenant.post(`/v1/imports/${sent.body.id}/cancel`);
    expect(cancelled.body.status).toBe('cancelled');
    expect(await service.db.query('SELECT * FROM import_chunk')).toEqual([]);
    expect((await tenant.post(`/v1/imports/${sent.body.id}/cancel`)).status).toBe(409);
    const { total } = (await tenant.get(`/v1/events/${eventId}/breakdown`)).body;
    expect(total).toMatchObject({ registered: cancelled.body.created });
  });

  it('is another tenant’s secret, wants a body of lines, and a scope', async () => {
    const [one, other] = [service.tenant(), service.tenant()];
    const eventId = await one.openEvent();
    const { id } = (await one.import(eventId, '', ndjson(bodies(1)))).body;
    expect((await other.get(`/v1/imports/${id}`)).status).toBe(404);
    expect((await other.get(`/v1/imports/${id}/results`)).status).toBe(404);
    expect((await other.get('/v1/imports')).body.items).toEqual([]);
    expect((await one.get(`/v1/events/${eventId}/imports?status=done`)).body.items).toMatchObject([{ id }]);
    expect((await one.post(`/v1/events/${eventId}/imports`, {})).status).toBe(415);
    expect((await one.import(eventId, '', '')).status).toBe(422);
    const scopes = ['registrations:write', 'registrations:import'];
    const headers = { 'content-type': 'application/x-ndjson' };
    const path = `/v1/events/${eventId}/imports?historical=true`;
    expect((await one.send('POST', path, ndjson(bodies(1)), { headers, scopes })).status).toBe(403);
  });
});

describe('the schema', () => {
  it('is what the entities say, after every migration', async () => {
    const dataSource = await new DataSource(dataSourceOptions(service.config, entities, migrations)).initialize();
    try {
      expect(await schemaDifference(dataSource)).toEqual([]);
    } finally {
      await dataSource.destroy();
    }
  });
});
