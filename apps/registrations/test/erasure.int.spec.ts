import { contactTopic, registrantErased } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { eventually } from '../../../test/support/eventually';
import { until } from '../../../test/support/until';
import { tablesWith } from '../../../test/support/tables-with';
import { type RunningService, startService } from './service';
import { ndjson, signUpBody } from './tenant';

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

const scanned = async (words: readonly string[]): Promise<string[]> => tablesWith(service.db.query, words);

describe('erasing the person of a registration', () => {
  it('leaves the registration of nobody, and every count as it was', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 5 });
    const body = signUpBody({ notify: 'changes', answers: { diet: 'fish' }, organization: { name: 'Harbour' } });
    const { body: made } = await tenant.register(eventId, body);
    await tenant.post(`/v1/registrations/${made.id}/check-in`);
    const before = await tenant.counts(eventId);
    const erased = await tenant.act(made.id, 'erase');
    expect([erased.status, erased.body]).toMatchObject([
      200,
      {
        id: made.id,
        status: 'checkedIn',
        category: 'buyer',
        economy: 'KR',
        person: null,
        organization: null,
        answers: {},
        externalRefs: [],
        notify: 'none',
        version: 3,
      },
    ]);
    expect(erased.body.erasedAt).not.toBeNull();
    expect(await tenant.counts(eventId)).toEqual(before);
    const { items } = (await tenant.get(`/v1/events/${eventId}/registrations`)).body;
    expect(items).toMatchObject([{ id: made.id, person: null }]);
    const [said] = await eventually(() => {
      const heard = service.wire.of(registrantErased, made.id);
      return heard.length > 0 ? heard : undefined;
    });
    expect(said?.data).toMatchObject({ status: 'checkedIn', previous: { status: 'checkedIn' }, externalRefs: [] });
    const tombstone = await eventually(() =>
      service.wire.about(made.id).find(({ topic, text }) => topic === contactTopic.name && text === ''),
    );
    expect(tombstone.tenantId).toBe(tenant.id);
    expect((await tenant.act(made.id, 'erase')).body).toMatchObject({ version: 3, person: null });
  });

  it('leaves no trace in any table: rows, stored answers, results, uploads that wait', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const name = { texts: { ko: '김잊힘', en: 'Kim "Lethe" Ijhim' }, order: 'familyFirst' };
    const person = {
      name,
      email: 'lethe@example.org',
      phone: '+82 10 7777',
      document: { kind: 'passport', number: 'M-7777' },
    };
    const ref = { system: 'expo-a', id: `lethe-${newId()}` };
    const body = signUpBody({ person, externalRefs: [ref], notify: 'changes', answers: { note: 'letheanswer' } });
    const headers = { 'idempotency-key': newId() };
    const { body: made } = await tenant.post(`/v1/events/${eventId}/registrations`, body, { headers });
    await tenant.post(`/v1/registrations/${made.id}/reissue-ticket`, undefined, {
      headers: { 'idempotency-key': newId() },
    });
    const done = await tenant.import(eventId, '', ndjson([body, signUpBody(), { ...body, mode: 7 }]));
    // An upload whose sender is still at it: its first chunk waits, a line that will be refused among its lines.
    let more!: ReadableStreamDefaultController;
    const stream = new ReadableStream({ start: (controller) => void (more = controller) });
    const waiting = [{ ...body, mode: 7 }, body, ...Array.from({ length: 498 }, () => signUpBody())];
    more.enqueue(Buffer.from(ndjson(waiting)));
    const path = `/v1/events/${eventId}/imports`;
    const type = { 'content-type': 'application/x-ndjson' };
    const sending = tenant.request('POST', path, { headers: type, body: stream, duplex: 'half' });
    const words = ['김잊힘', 'Lethe', 'lethe@', '7777', 'letheanswer', ref.id];
    await eventually(async () => ((await scanned(words)).includes('import_chunk') ? true : undefined));
    expect(await scanned(words)).toEqual(
      expect.arrayContaining([
        'idempotency_key',
        'import_chunk',
        'import_result',
        'registrant',
        'registration',
        'registration_ref',
      ]),
    );
    await tenant.act(made.id, 'erase');
    await eventually(async () => {
      const found = await scanned(words);
      // What was said is on its way to Kafka.
      return found.every((table) => table === 'outbox') ? true : undefined;
    });
    await eventually(async () => ((await scanned(words)).length === 0 ? true : undefined));
    more.close();
    const { id } = (await (await sending).json()) as { id: string };
    const { body: job } = await tenant.imported(id);
    expect(job).toMatchObject({ created: 498, erased: 2, refused: 0 });
    expect((await tenant.results(id)).slice(0, 2)).toMatchObject([
      { line: 1, outcome: 'erased', code: 'person-erased', externalRefs: [] },
      { line: 2, outcome: 'erased', code: 'person-erased', externalRefs: [] },
    ]);
    expect(await tenant.results(done.body.id)).toMatchObject([
      { outcome: 'unchanged', registrationId: made.id, externalRefs: [] },
      { outcome: 'created', externalRefs: [{ system: 'expo-a' }] },
      { outcome: 'refused', externalRefs: [] },
    ]);
    expect((await tenant.get(`/v1/registrations?ref=${ref.system}:${ref.id}`)).body.items).toEqual([]);
    const again = await tenant.post(`/v1/events/${eventId}/registrations`, body, { headers });
    expect([again.status, again.body.code]).toEqual([409, 'person-erased']);
  });

  it('takes with it what the same person had cancelled before, and nothing when only tried', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const { person } = signUpBody();
    const { body: first } = await tenant.register(eventId, signUpBody({ person }));
    await tenant.post(`/v1/registrations/${first.id}/cancel`);
    const { body: second } = await tenant.register(eventId, signUpBody({ person }));
    const tried = await tenant.post(`/v1/registrations/${second.id}/erase?dryRun=true`);
    expect(tried.body.person).toBeNull();
    expect((await tenant.get(`/v1/registrations/${second.id}`)).body.person).toMatchObject({ phone: null });
    await tenant.act(second.id, 'erase');
    expect((await tenant.get(`/v1/registrations/${first.id}`)).body).toMatchObject({
      person: null,
      status: 'cancelled',
    });
    const { headers, body } = await tenant.post(`/v1/registrations/${second.id}/cancel`);
    expect([body.status, body.person, headers.get('etag')]).toEqual(['cancelled', null, '"3"']);
  });

  it('holds against sign-ups, corrections and imports of the same person at the same time', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const body = signUpBody({ notify: 'changes' });
    const { body: made } = await tenant.register(eventId, body);
    const changed = { ...body, language: 'en' };
    await Promise.all([
      ...Array.from({ length: 4 }, () => tenant.register(eventId, changed, '?onExisting=update')),
      tenant.patch(`/v1/registrations/${made.id}`, 1, { language: 'ja' }),
      tenant.import(eventId, 'onExisting=update&notify=changes', ndjson([changed])),
      tenant.act(made.id, 'erase'),
      ...Array.from({ length: 4 }, () => tenant.register(eventId, changed, '?onExisting=update')),
    ]);
    await until(
      () => scanned([(body.person as { email: string }).email]),
      (tables) => tables.length === 0,
    );
    expect((await tenant.get(`/v1/events/${eventId}/registrations`)).body.items).toMatchObject([{ person: null }]);
  });

  it('wants its own scope, and finds nobody of another tenant', async () => {
    const tenant = service.tenant();
    const { body: made } = await tenant.register(await tenant.openEvent(), signUpBody());
    const scopes = ['registrations:read', 'registrations:write', 'registrations:import'];
    for (const [method, path] of [
      ['POST', `/v1/registrations/${made.id}/erase`],
      ['GET', `/v1/registrations/${made.id}/personal-data`],
    ] as const) {
      expect((await tenant.send(method, path, undefined, { scopes })).status).toBe(403);
      expect((await service.tenant().send(method, path, undefined, {})).status).toBe(404);
    }
  });
});
