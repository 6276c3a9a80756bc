import { newId } from '@expo-accord/database';
import { tablesWith } from '../../../test/support/tables-with';
import { type RunningService, startService } from './service';
import { type Answer, ndjson, signUpBody, type Tenant } from './tenant';

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

const pointersIn = ({ body }: Answer): string[] => (body.errors as { pointer: string }[]).map(({ pointer }) => pointer);

const diet = { type: 'object', properties: { diet: { enum: ['fish', 'none'] } }, required: ['diet'] };
const badge = { type: 'object', properties: { press: { type: 'string' } }, additionalProperties: false };

async function setForm(tenant: Tenant, eventId: string, schema: object, query = ''): Promise<Answer> {
  const headers = { 'content-type': 'application/schema+json' };
  return tenant.post(`/v1/events/${eventId}/registration-form${query}`, schema, { headers });
}

describe('a registration form', () => {
  it('is read as it was set, in each of its versions, for the event and for a category', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: null, press: null });
    const path = `/v1/events/${eventId}/registration-form`;
    expect((await tenant.get(path)).body.code).toBe('registration-form-not-found');
    const first = await setForm(tenant, eventId, diet);
    expect([first.status, first.headers.get('location'), first.headers.get('etag')]).toEqual([
      201,
      `${path}?version=1`,
      '"1"',
    ]);
    expect(first.body).toMatchObject({ eventId, category: null, version: 1 });
    await setForm(tenant, eventId, badge, '?category=press');
    const texts = { ...diet, properties: { original: { type: 'string' }, texts: { type: 'object' } }, required: [] };
    await setForm(tenant, eventId, texts);
    const read = async (query: string): Promise<unknown[]> => {
      const answer = await tenant.get(`${path}${query}`, { headers: { 'accept-language': 'ko' } });
      expect(answer.headers.get('content-type')).toBe('application/schema+json');
      const { $id, $schema, ...schema } = answer.body;
      expect([$id, $schema]).toEqual([
        expect.stringContaining(`${path}?version=`),
        'https://json-schema.org/draft/2020-12/schema',
      ]);
      return [answer.headers.get('etag'), schema];
    };
    expect(await read('')).toEqual(['"3"', texts]);
    expect(await read('?category=buyer')).toEqual(['"3"', texts]);
    expect(await read('?category=press')).toEqual(['"2"', badge]);
    expect(await read('?version=1')).toEqual(['"1"', diet]);
    expect(await read('?version=2')).toEqual(['"2"', badge]);
    expect((await tenant.get(`${path}?category=buyer&version=2`)).status).toBe(404);
    // What was read can be sent back.
    expect((await setForm(tenant, eventId, (await tenant.get(path)).body)).body.version).toBe(4);
    expect(await read('')).toEqual(['"4"', texts]);
    expect((await service.tenant().get(path)).body.code).toBe('event-not-yet-known');
  });

  it('is refused by the field that is wrong, and for a category that is not there', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const wrong = await setForm(tenant, eventId, { type: 'object', properties: { age: { type: 'int' } } });
    expect([wrong.status, pointersIn(wrong)]).toEqual([422, ['/properties/age/type']]);
    expect(pointersIn(await setForm(tenant, eventId, diet, '?category=press'))).toEqual(['/category']);
    expect((await tenant.get(`/v1/events/${eventId}/registration-form`)).status).toBe(404);
  });

  it('is what sign-ups, imports, corrections and transfers answer, each in the version of its own', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: null, press: null });
    const path = `/v1/events/${eventId}/registrations`;
    const early = (await tenant.post(path, signUpBody({ answers: { shoe: 1 } }))).body;
    await setForm(tenant, eventId, diet);
    await setForm(tenant, eventId, badge, '?category=press');
    const refused = await tenant.post(path, signUpBody({ answers: { diet: 'letheanswer' } }));
    expect([refused.status, pointersIn(refused)]).toEqual([422, ['/answers/diet']]);
    expect(refused.text).not.toContain('letheanswer');
    const body = signUpBody({ answers: { diet: 'fish' } });
    const taken = (await tenant.post(path, body)).body;
    expect(taken).toMatchObject({ formVersion: 1, answers: { diet: 'fish' } });
    expect((await tenant.post(path, signUpBody({ category: 'press' }))).body).toMatchObject({ formVersion: 2 });
    await setForm(tenant, eventId, { ...diet, required: ['diet', 'arrival'] });
    // Those who answered an earlier version, or none, are left alone until they answer something else.
    expect((await tenant.post(`${path}?onExisting=update`, { ...body, mode: 'online' })).body).toMatchObject({
      formVersion: 1,
      mode: 'online',
    });
    expect((await tenant.patch(`/v1/registrations/${early.id}`, 1, { mode: 'online' })).body).toMatchObject({
      formVersion: null,
      version: 2,
    });
    expect(pointersIn(await tenant.patch(`/v1/registrations/${early.id}`, 2, { answers: { shoe: 2 } }))).toEqual([
      '/answers/diet',
      '/answers/arrival',
    ]);
    const other = await tenant.patch(`/v1/registrations/${taken.id}`, 2, { answers: { diet: 'none' } });
    expect(other.body).toMatchObject({ formVersion: 1, answers: { diet: 'none' } });
    expect(pointersIn(await tenant.patch(`/v1/registrations/${taken.id}`, 3, { category: 'press' }))).toEqual([
      '/answers/diet',
    ]);
    const named = await tenant.post(path, signUpBody({ answers: { diet: 'none' }, formVersion: 1 }));
    expect(named.body).toMatchObject({ formVersion: 1 });
    expect(pointersIn(await tenant.post(path, signUpBody({ formVersion: 2 })))).toEqual(['/formVersion']);
    const { person } = signUpBody();
    expect(pointersIn(await tenant.act(taken.id, 'transfer', { person }))).toEqual([
      '/answers/diet',
      '/answers/arrival',
    ]);
    const lines = [{}, { answers: { diet: 'fish', arrival: 'x' } }, { answers: { diet: 'fish' }, formVersion: 1 }];
    const { body: job } = await tenant.import(eventId, '', ndjson(lines.map((line) => signUpBody(line))));
    expect(await tenant.results(job.id)).toMatchObject([
      { outcome: 'refused', code: 'invalid', errors: [{ pointer: '/answers/diet' }, { pointer: '/answers/arrival' }] },
      { outcome: 'created' },
      { outcome: 'created' },
    ]);
    expect(
      (await tenant.import(eventId, 'historical=true', ndjson([signUpBody({ answers: { old: 1 } })]))).body,
    ).toMatchObject({ created: 1 });
    const delegation = await tenant.post(`/v1/events/${eventId}/delegations`, { head: signUpBody(), members: [] });
    expect(pointersIn(delegation)).toEqual(['/head/answers/diet', '/head/answers/arrival']);
  });

  it('is known to a replica as soon as it is set', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const replica = await service.replica();
    try {
      const there = replica.as(tenant);
      for (const version of [1, 2]) {
        await setForm(tenant, eventId, { ...diet, required: [`v${version}`] });
        const refused = await there.post(`/v1/events/${eventId}/registrations`, signUpBody());
        expect(pointersIn(refused)).toEqual([`/answers/v${version}`]);
      }
    } finally {
      await replica.stop();
    }
  });
});

describe('an invitation code', () => {
  const invite = async (tenant: Tenant, eventId: string, body: object): Promise<[string, string[]]> => {
    const made = await tenant.post(`/v1/events/${eventId}/invitations`, body);
    expect([made.status, made.headers.get('location')]).toEqual([201, `/v1/invitations/${made.body.id}`]);
    return [made.body.id, made.body.codes as string[]];
  };
  const problemOf = ({ status, body }: Answer): unknown[] => {
    const [{ pointer, code } = { pointer: '', code: '' }] = (body.errors ?? []) as { pointer: string; code: string }[];
    return [status, pointer, code];
  };

  it('lets in as many as it was made for, of fifty who come at once to two replicas', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ vip: { requiresInvitation: true } });
    const [id, [code = '', spare = '']] = await invite(tenant, eventId, { count: 2, uses: 3, category: 'vip' });
    const path = `/v1/events/${eventId}/registrations`;
    const replica = await service.replica();
    try {
      const there = replica.as(tenant);
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, at) =>
          (at % 2 === 0 ? tenant : there).post(path, signUpBody({ category: 'vip', invitationCode: code })),
        ),
      );
      const taken = answers.filter(({ status }) => status === 201);
      expect(taken).toHaveLength(3);
      const refused = answers.filter(({ status }) => status !== 201).map(problemOf);
      expect(refused).toEqual(Array(47).fill([422, '/invitationCode', 'invitation-used']));
      expect((await tenant.get(`/v1/invitations/${id}`)).body).toMatchObject({ count: 2, uses: 3, used: 3 });
      const cameBy = async (invitationId: string): Promise<unknown[]> => {
        const { items } = (await tenant.get(`${path}?invitationId=${invitationId}`)).body;
        return (items as { id: string }[]).map((came) => came.id);
      };
      expect((await cameBy(id)).sort()).toEqual(taken.map(({ body }) => body.id).sort());
      expect(await cameBy(newId())).toEqual([]);
    } finally {
      await replica.stop();
    }
    const lines = [code, spare, undefined].map((invitationCode) => signUpBody({ category: 'vip', invitationCode }));
    const { body: job } = await tenant.import(eventId, '', ndjson(lines));
    expect(await tenant.results(job.id)).toMatchObject([
      { outcome: 'refused', code: 'invitation-used', errors: [{ pointer: '/invitationCode' }] },
      { outcome: 'created' },
      { outcome: 'refused', code: 'invitation-required' },
    ]);
    // The same sign-up again is the same, and spends nothing.
    await tenant.import(eventId, 'onExisting=update', ndjson(lines));
    expect((await tenant.get(`/v1/invitations/${id}`)).body.used).toBe(4);
  });

  it('is kept nowhere, told once, and refused when it is over, taken back, of elsewhere or wrong', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: null, vip: { requiresInvitation: true } });
    const path = `/v1/events/${eventId}/registrations`;
    const keyed = { headers: { 'idempotency-key': newId() } };
    const first = await tenant.post(`/v1/events/${eventId}/invitations`, { count: 1, label: 'Embassies' }, keyed);
    const again = await tenant.post(`/v1/events/${eventId}/invitations`, { count: 1, label: 'Embassies' }, keyed);
    expect([again.body.id, again.body.codes]).toEqual([first.body.id, undefined]);
    const [code = ''] = first.body.codes as string[];
    expect(await tablesWith(service.db.query, [code])).toEqual([]);
    const [, [over = '']] = await invite(tenant, eventId, { count: 1, expiresAt: '2020-01-01T00:00:00Z' });
    const [id, [back = '']] = await invite(tenant, eventId, { count: 1 });
    expect((await tenant.post(`/v1/invitations/${id}/revoke?dryRun=true`)).body.revokedAt).not.toBeNull();
    expect((await tenant.post(`/v1/invitations/${id}/revoke`)).body).toMatchObject({ version: 2 });
    expect((await tenant.post(`/v1/invitations/${id}/revoke`)).body.code).toBe('action-not-allowed');
    const [, [elsewhere = '']] = await invite(tenant, await tenant.openEvent(), { count: 1 });
    const [, [ofVip = '']] = await invite(tenant, eventId, { count: 1, category: 'vip' });
    for (const [invitationCode, problem, category] of [
      [over, 'invitation-expired', 'vip'],
      [back, 'invitation-revoked', 'vip'],
      [elsewhere, 'invitation-unknown', 'vip'],
      ['nonsense', 'invitation-unknown', 'vip'],
      [ofVip, 'invitation-of-other-category', 'buyer'],
      [null, 'invitation-required', 'vip'],
    ]) {
      const refused = await tenant.post(path, signUpBody({ category, invitationCode }));
      expect(problemOf(refused)).toEqual([422, '/invitationCode', problem]);
    }
    const { body: buyer } = await tenant.post(path, signUpBody());
    expect(problemOf(await tenant.patch(`/v1/registrations/${buyer.id}`, 1, { category: 'vip' }))).toContain(
      'invitation-required',
    );
    const typed = code.toLowerCase().replaceAll('-', ' ');
    const moved = await tenant.patch(`/v1/registrations/${buyer.id}`, 1, { category: 'vip', invitationCode: typed });
    expect(moved.body).toMatchObject({ category: 'vip', version: 2 });
    const member = signUpBody({ category: 'vip', invitationCode: ofVip });
    const delegation = { head: member, members: [signUpBody({ category: 'vip', invitationCode: ofVip })] };
    const whole = await tenant.post(`/v1/events/${eventId}/delegations`, delegation);
    expect(problemOf(whole)).toEqual([422, '/members/0/invitationCode', 'invitation-used']);
    expect((await tenant.post(path, member)).status).toBe(201);
    expect((await tenant.get(`/v1/events/${eventId}/invitations`)).body.items).toMatchObject([
      { label: 'Embassies', used: 1 },
      { used: 0 },
      { used: 0 },
      { category: 'vip', used: 1 },
    ]);
    expect((await service.tenant().get(`/v1/invitations/${id}`)).status).toBe(404);
  });
});
