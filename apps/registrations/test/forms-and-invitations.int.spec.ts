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
