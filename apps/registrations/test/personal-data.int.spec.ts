import { contactTopic, eventClosed, registrantErased } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { eventually } from '../../../test/support/eventually';
import { tablesWith } from '../../../test/support/tables-with';
import { ContactHeartbeat } from '../src/personal-data/contact-heartbeat';
import { Purge } from '../src/personal-data/purge';
import { type RunningService, startService } from './service';
import { ndjson, signUpBody } from './tenant';

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

describe('a person over all events', () => {
  const requestOf = ({ person }: Record<string, unknown>): Record<string, unknown> => {
    const { name, email } = person as Record<string, unknown>;
    return { name, email };
  };

  it('is told all that is kept, and nothing of others who share the address', async () => {
    const tenant = service.tenant();
    const events = [await tenant.openEvent(), await tenant.openEvent()];
    const body = signUpBody({ answers: { diet: 'fish' } });
    const { email } = body.person as { email: string };
    const assistant = signUpBody();
    const colleague = { ...assistant, person: { ...(assistant.person as object), email } };
    const ids: string[] = [];
    for (const eventId of events) {
      const { body: made } = await tenant.register(eventId, { ...body, externalRefs: [] });
      ids.push(made.id);
      await tenant.register(eventId, { ...colleague, externalRefs: [] });
    }
    await tenant.post(`/v1/registrations/${ids[0] ?? ''}/check-in`);
    const request = { ...requestOf(body), email: email.toUpperCase() };
    const answer = await tenant.post('/v1/registrants/export', request);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
    const items = answer.body.items as { registration: { id: string } }[];
    expect(items.map(({ registration }) => registration.id).sort()).toEqual([...ids].sort());
    const one = await tenant.get(`/v1/registrations/${ids[0] ?? ''}/personal-data`);
    expect(one.body).toMatchObject({
      registration: { id: ids[0], answers: { diet: 'fish' }, person: { email } },
      checkIns: [{ outcome: 'entered', registrationId: ids[0] }],
      tickets: { current: 1, endedAt: [] },
      elsewhere: [`/v1/deliveries?registrationId=${ids[0] ?? ''}`],
    });
    expect((await service.tenant().post('/v1/registrants/export', request)).body.items).toEqual([]);
  });

  it('is forgotten everywhere at once, and nobody else is', async () => {
    const tenant = service.tenant();
    const events = [await tenant.openEvent(), await tenant.openEvent()];
    const body = signUpBody({ externalRefs: [] });
    for (const eventId of events) {
      await tenant.register(eventId, body);
      await tenant.register(eventId, signUpBody());
    }
    const request = requestOf(body);
    const tried = await tenant.post('/v1/registrants/erase?dryRun=true', request);
    expect(tried.body.items).toHaveLength(2);
    expect((await tenant.post('/v1/registrants/export', request)).body.items).toHaveLength(2);
    const keyed = { headers: { 'idempotency-key': newId() } };
    expect((await tenant.post('/v1/registrants/export', request, keyed)).body.items).toHaveLength(2);
    expect((await tenant.post('/v1/registrants/erase', request)).body.items).toHaveLength(2);
    expect((await tenant.post('/v1/registrants/export', request)).body.items).toEqual([]);
    expect(await tablesWith(service.db.query, [(body.person as { email: string }).email])).toEqual([]);
    for (const eventId of events) {
      expect((await tenant.register(eventId, body)).body.code).toBe('person-erased');
      const { items } = (await tenant.get(`/v1/events/${eventId}/registrations`)).body;
      expect((items as { person: unknown }[]).filter(({ person }) => person === null)).toHaveLength(1);
    }
  });

  it('is forgotten as well where only answers that are kept still name them: somebody else comes instead', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const body = signUpBody();
    const keyed = { headers: { 'idempotency-key': newId() } };
    const { body: made } = await tenant.post(`/v1/events/${eventId}/registrations`, body, keyed);
    expect((await tenant.act(made.id, 'transfer', { person: signUpBody().person })).status).toBe(200);
    const request = requestOf(body);
    const { status, body: erased } = await tenant.post('/v1/registrants/erase', {
      ...request,
      email: String(request.email).toUpperCase(),
    });
    expect([status, erased.items]).toEqual([200, []]);
    expect(await tablesWith(service.db.query, [String(request.email)])).toEqual([]);
    expect((await tenant.register(eventId, { ...body, externalRefs: [] })).body.code).toBe('person-erased');
    expect((await tenant.get(`/v1/registrations/${made.id}`)).body.person).not.toBeNull();
  });

  it('may sign up again once somebody has lifted the marks, for a reason that is kept', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const body = signUpBody();
    const { body: made } = await tenant.register(eventId, body);
    const path = `/v1/events/${eventId}/readmissions`;
    const { person, externalRefs } = body;
    const reason = 'Asked to come after all';
    expect((await tenant.post(path, { person, externalRefs, reason })).body.code).toBe('not-erased');
    await tenant.act(made.id, 'erase');
    expect((await tenant.post(path, { person, externalRefs })).body.errors).toMatchObject([{ pointer: '/reason' }]);
    await tenant.post(`${path}?dryRun=true`, { person, externalRefs, reason });
    expect((await tenant.register(eventId, body)).body.code).toBe('person-erased');
    const lifted = await tenant.post(path, { person, externalRefs, reason });
    expect([lifted.status, lifted.body]).toMatchObject([201, { eventId, reason, marks: 2, keyId: tenant.keyId }]);
    expect((await tenant.register(eventId, body)).status).toBe(201);
    expect((await tenant.get(path)).body.items).toEqual([lifted.body]);
    expect((await tenant.get(`/v1/registrations/${made.id}`)).body.person).toBeNull();
    expect((await tenant.post(path, { person, reason }, { scopes: ['registrations:write'] })).status).toBe(403);
  });

  it.each([
    [{}, '', 'person-unclear'],
    [{ email: 'a@example.org' }, '/name', 'required'],
    [{ document: { kind: 'passport' } }, '/document/number', 'required'],
    [
      { document: { kind: 'passport', number: 'M1' }, name: { texts: { en: 'A' }, order: 'givenFirst' } },
      '/email',
      'required',
    ],
  ])('has to be named clearly: %j', async (body, pointer, code) => {
    const { status, body: problem } = await service.tenant().post('/v1/registrants/erase', body);
    expect([status, problem.errors]).toMatchObject([422, [{ pointer, code }]]);
  });
});

describe('the retention of an event', () => {
  const ended = { endsAt: { local: '2020-10-20T17:00:00', zone: 'Asia/Seoul' } };

  it('ends 365 days after the event, or when it was said to', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: null }, ended);
    const path = `/v1/events/${eventId}/retention`;
    const usual = await tenant.get(path);
    expect(usual.body).toEqual({
      eventId,
      days: null,
      until: null,
      keptUntil: '2021-10-20T08:00:00.000Z',
      purgedAt: null,
      version: 0,
    });
    expect((await tenant.patch(path, 0, { days: 30 })).body).toMatchObject({
      keptUntil: '2020-11-19T08:00:00.000Z',
      version: 1,
    });
    const until = '2040-01-01T00:00:00+09:00';
    expect((await tenant.patch(path, 1, { until })).body).toMatchObject({
      keptUntil: '2039-12-31T15:00:00.000Z',
      days: 30,
    });
    expect((await tenant.patch(path, 1, { until: null })).status).toBe(412);
    for (const wrong of [
      { days: -1 },
      { days: 1.5 },
      { until: '2040-01-01' },
      { until: '0000-01-01T00:00:00Z' },
      { years: 1 },
    ]) {
      expect((await tenant.patch(path, 2, wrong)).status).toBe(422);
    }
    expect((await service.tenant().get(path)).status).toBe(404);
    const headers = { 'content-type': 'application/merge-patch+json', 'if-match': '"2"' };
    expect((await tenant.send('PATCH', path, '{}', { headers, scopes: ['registrations:write'] })).status).toBe(403);
  });

  it('once over, purges the registrants, each once by whichever process, and leaves the counts', async () => {
    const tenant = service.tenant();
    const [eventId = '', kept = ''] = await Promise.all([0, 1].map(() => tenant.openEvent({ buyer: null }, ended)));
    const bodies = Array.from({ length: 1_200 }, () => signUpBody());
    const { body: job } = await tenant.import(eventId, '', ndjson(bodies));
    await tenant.register(kept, signUpBody());
    const before = await tenant.counts(eventId);
    const purge = service.app.get(Purge);
    expect(await purge.next()).toBe(0);
    const over = 'INSERT INTO retention (event_id, tenant_id, days) VALUES ($1, $2, 0)';
    await service.db.query(over, [eventId, tenant.id]);
    const replica = await service.replica();
    try {
      await Promise.all([0, 1, 2, 3, 4, 5].map(() => purge.next()));
      // Each process looks by itself, too, and what it holds the others pass over.
      const left = 'SELECT 1 FROM registration WHERE event_id = $1 AND erased_at IS NULL';
      await eventually(async () => {
        await purge.next();
        return (await service.db.query(left, [eventId])).length === 0 ? true : undefined;
      });
    } finally {
      await replica.stop();
    }
    const { items } = (await tenant.get(`/v1/events/${eventId}/registrations?limit=500`)).body;
    expect((items as { person: unknown; version: number }[]).map(({ person, version }) => [person, version])).toEqual(
      Array(500).fill([null, 2]),
    );
    await eventually(() => {
      const said = service.wire.of(registrantErased).filter(({ tenantId }) => tenantId === tenant.id);
      return said.length === 1_200 ? true : undefined;
    });
    expect(await tenant.counts(eventId)).toEqual(before);
    expect((await tenant.results(job.id)).flatMap(({ externalRefs }) => externalRefs)).toEqual([]);
    expect((await tenant.get(`/v1/events/${eventId}/retention`)).body.purgedAt).not.toBeNull();
    const { items: others } = (await tenant.get(`/v1/events/${kept}/registrations`)).body;
    expect(others).toMatchObject([{ person: { phone: null } }]);
    expect((await tenant.import(eventId, 'historical=true', ndjson(bodies))).body).toMatchObject({ erased: 1_200 });
  });

  it('follows the event when its dates move, and is taken up at once when it is set', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const { body: made } = await tenant.register(eventId, signUpBody());
    await service.wire.say(eventClosed, tenant.id, eventId, { ...ended, registrationWindow: null, eventId });
    const path = `/v1/events/${eventId}/retention`;
    await eventually(async () =>
      (await tenant.get(path)).body.keptUntil === '2021-10-20T08:00:00.000Z' ? true : undefined,
    );
    // Entered after the event had ended: the days count from then.
    expect(await service.app.get(Purge).next()).toBe(0);
    expect((await tenant.get(`/v1/registrations/${made.id}`)).body.person).not.toBeNull();
    await tenant.patch(path, 0, { until: '2021-01-01T00:00:00Z' });
    await eventually(async () =>
      (await tenant.get(`/v1/registrations/${made.id}`)).body.person === null ? true : undefined,
    );
  });
});

describe('the contact topic', () => {
  it('is kept moving in every partition, twice a day, by one of all processes', async () => {
    const beats = (): number =>
      service.wire.heard.filter(({ topic, tenantId }) => topic === contactTopic.name && tenantId.startsWith('00000000'))
        .length;
    await eventually(() => (beats() === contactTopic.partitions ? true : undefined));
    const heartbeat = service.app.get(ContactHeartbeat);
    await heartbeat.beat();
    await service.db.query(`UPDATE contact_heartbeat SET beaten_at = now() - interval '13 hours'`);
    await Promise.all([1, 2, 3].map(() => heartbeat.beat()));
    const [{ said } = { said: 0 }] = await service.db.query<{ said: number }>(
      `SELECT sum(last_sequence)::int AS said FROM message_stream WHERE source LIKE '/contacts/00000000-%'`,
    );
    expect(said).toBe(2 * contactTopic.partitions);
    await eventually(() => (beats() === said ? true : undefined));
  });
});
