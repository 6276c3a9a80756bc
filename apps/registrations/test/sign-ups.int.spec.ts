import {
  contactRecorded,
  eventCancelled,
  eventOpened,
  eventPostponed,
  registrationCancelled,
  registrationRegistered,
} from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { eventually } from '../../../test/support/eventually';
import { until } from '../../../test/support/until';
import { type RunningService, startService } from './service';
import { signUpBody } from './tenant';

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

describe('one sign-up', () => {
  it('is answered with its registration, found by id and by external reference, and told of', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 5 }, { synthetic: true });
    const created = await tenant.post(
      `/v1/events/${eventId}/registrations`,
      signUpBody({ externalRefs: [{ system: 'expo-a', id: 'n:1' }] }),
    );
    expect(created.status).toBe(201);
    const { id } = created.body;
    expect(created.headers.get('location')).toBe(`/v1/registrations/${id}`);
    expect(created.body).toMatchObject({ status: 'confirmed', quotas: ['buyer'], synthetic: true, version: 1 });
    expect((await tenant.get(`/v1/registrations/${id}`)).body).toEqual(created.body);
    expect((await tenant.get('/v1/registrations?ref=expo-a:n:1')).body.items).toEqual([created.body]);
    const message = await eventually(() => service.wire.of(registrationRegistered, id)[0]);
    expect(message).toMatchObject({
      tenantId: tenant.id,
      sequence: 1,
      correlationId: created.headers.get('x-request-id'),
    });
    expect(message.data).toMatchObject({
      eventId,
      status: 'confirmed',
      synthetic: true,
      historical: false,
      previous: null,
    });
  });

  it('puts no name and no address on the ordinary topic, and the contact topic only when mail is wanted', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const quiet = await tenant.post(`/v1/events/${eventId}/registrations`, signUpBody());
    const asked = signUpBody({ notify: 'changes' });
    const written = await tenant.post(`/v1/events/${eventId}/registrations`, asked);
    const contact = await eventually(() => service.wire.of(contactRecorded, written.body.id)[0]);
    expect(contact.data).toMatchObject({ email: (asked.person as { email: string }).email, language: 'ko' });
    await eventually(() => service.wire.of(registrationRegistered, written.body.id)[0]);
    expect(service.wire.of(contactRecorded, quiet.body.id)).toEqual([]);
    const ordinary = service.wire.heard.filter(({ topic }) => topic === 'registrations.registration');
    expect(ordinary.filter(({ text }) => /김민수|Kim Minsu|example\.org|Umbrella/.test(text))).toEqual([]);
    expect(service.wire.violations()).toEqual([]);
  });

  it('sent twice is refused with the id of the first, skipped or corrected as the sender wishes', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: null, visitor: null });
    const path = `/v1/events/${eventId}/registrations`;
    const body = signUpBody();
    const { id } = (await tenant.post(path, body)).body;
    const again = await tenant.post(path, body);
    expect([again.status, again.body]).toMatchObject([409, { code: 'already-registered', registrationId: id }]);
    const skipped = await tenant.post(`${path}?onExisting=skip`, { ...body, category: 'visitor' });
    expect([skipped.status, skipped.body]).toMatchObject([200, { id, category: 'buyer', version: 1 }]);
    const updated = await tenant.post(`${path}?onExisting=update`, { ...body, category: 'visitor' });
    expect([updated.status, updated.body]).toMatchObject([200, { id, category: 'visitor', version: 2 }]);
  });

  it('posted by several at once becomes one registration', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const body = signUpBody();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => tenant.post(`/v1/events/${eventId}/registrations`, body)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(7).fill(409)]);
  });

  it('is refused with the wrong field named, for an unknown event, and outside of the window', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: null });
    const wrong = await tenant.post(
      `/v1/events/${eventId}/registrations`,
      signUpBody({ category: 'Buyer!', extra: 1 }),
    );
    expect(wrong.status).toBe(422);
    expect((wrong.body.errors as { pointer: string }[]).map(({ pointer }) => pointer).sort()).toEqual([
      '/category',
      '/extra',
    ]);
    const unknown = await tenant.post(`/v1/events/${newId()}/registrations`, signUpBody());
    expect([unknown.status, unknown.body.code]).toEqual([404, 'event-not-yet-known']);
    const over = { opens: null, closes: { local: '2020-01-01T00:00', zone: 'Asia/Seoul' } };
    const late = await tenant.openEvent({ buyer: null }, { registrationWindow: over });
    const refused = await tenant.post(`/v1/events/${late}/registrations`, signUpBody());
    expect([refused.status, refused.body.code]).toEqual([409, 'registration-over']);
  });

  it('is refused as soon as its event is heard to be put off or cancelled, and taken again when it is not', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const signUp = async (): Promise<unknown> => {
      const { status, body } = await tenant.post(`/v1/events/${eventId}/registrations`, signUpBody());
      return status === 201 ? 'taken' : body.code;
    };
    const heard = { eventId, registrationWindow: null };
    await service.wire.say(eventPostponed, tenant.id, eventId, { ...heard, status: 'postponed' });
    await until(signUp, (answer) => answer === 'event-not-open');
    await service.wire.say(eventOpened, tenant.id, eventId, { ...heard, status: 'open' });
    await until(signUp, (answer) => answer === 'taken');
    await service.wire.say(eventCancelled, tenant.id, eventId, { ...heard, status: 'cancelled' });
    await until(signUp, (answer) => answer === 'event-not-open');
  });

  it('is history only for a key that may write history', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 0 }, { status: 'closed' });
    const body = signUpBody({ historical: true, status: 'checkedIn', registeredOn: { edtf: '2019' } });
    const path = `/v1/events/${eventId}/registrations`;
    expect((await tenant.post(path, body, { scopes: ['registrations:write'] })).body.code).toBe('scope-missing');
    const { id } = (await tenant.post(path, body)).body;
    const { data } = await eventually(() => service.wire.of(registrationRegistered, id)[0]);
    expect(data).toMatchObject({ status: 'checkedIn', historical: true, occurredOn: { edtf: '2019' } });
  });
});

describe('places', () => {
  it('are never given twice: 50 at once on a quota of 10 are exactly 10', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 10 });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => tenant.post(`/v1/events/${eventId}/registrations`, signUpBody())),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    const refused = answers.filter(({ status }) => status === 409).map(({ body }) => [body.code, body.quota]);
    expect(refused).toEqual(Array(40).fill(['quota-full', 'buyer']));
  });

  it('are drawn from all quotas or from none, and a full one blocks nobody else', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 20, visitor: 20 });
    await tenant.post(`/v1/events/${eventId}/quotas`, { scope: 'event', places: 15 });
    await tenant.post(`/v1/events/${eventId}/quotas`, { scope: 'side', economy: 'KR', places: 10 });
    const sides = Array.from({ length: 50 }, (_, index) => (index % 2 === 0 ? 'KR' : 'JP'));
    const answers = await Promise.all(
      sides.map((economy) => tenant.post(`/v1/events/${eventId}/registrations`, signUpBody({ economy }))),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(15);
    const { quotas } = (await tenant.get(`/v1/events/${eventId}/availability`)).body;
    const taken = new Map((quotas as { quota: string; taken: number }[]).map((each) => [each.quota, each.taken]));
    const { byEconomy } = (await tenant.get(`/v1/events/${eventId}/breakdown`)).body;
    const korean =
      (byEconomy as { key: string; registered: number }[]).find(({ key }) => key === 'KR')?.registered ?? 0;
    expect(taken).toEqual(
      new Map([
        ['buyer', 15],
        ['visitor', 0],
        ['event', 15],
        ['KR', korean],
      ]),
    );
    expect(korean).toBeLessThanOrEqual(10);
  });

  it('are free again after a cancellation, which cannot be done twice', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 1 });
    const path = `/v1/events/${eventId}/registrations`;
    const { id } = (await tenant.post(path, signUpBody())).body;
    expect((await tenant.post(`/v1/registrations/${id}/cancel?dryRun=true`)).body.status).toBe('cancelled');
    expect((await tenant.post(path, signUpBody())).body.code).toBe('quota-full');
    expect((await tenant.post(`/v1/registrations/${id}/cancel`)).body).toMatchObject({
      status: 'cancelled',
      quotas: [],
    });
    expect((await tenant.post(path, signUpBody())).status).toBe(201);
    const again = await tenant.post(`/v1/registrations/${id}/cancel`);
    expect([again.status, again.body.actions]).toEqual([409, []]);
    const { data } = await eventually(() => service.wire.of(registrationCancelled, id)[0]);
    expect(data.previous).toMatchObject({ status: 'confirmed', category: 'buyer' });
  });

  it('count everybody who is there when a quota is made later', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    await tenant.post(`/v1/events/${eventId}/registrations`, signUpBody());
    const quota = await tenant.post(`/v1/events/${eventId}/quotas`, { scope: 'event', places: 1 });
    expect(quota.body).toMatchObject({ quota: 'event', places: 1, taken: 1, free: 0 });
    expect((await tenant.post(`/v1/events/${eventId}/registrations`, signUpBody())).body.quota).toBe('event');
    const more = await tenant.patch(`/v1/quotas/${quota.body.id}`, 1, { places: 2 });
    expect(more.body).toMatchObject({ places: 2, version: 2 });
    expect((await tenant.post(`/v1/events/${eventId}/registrations`, signUpBody())).status).toBe(201);
  });
});

describe('a correction', () => {
  it('wants the version it was made against, and moves the place', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 1, visitor: 1 });
    const { id } = (await tenant.post(`/v1/events/${eventId}/registrations`, signUpBody())).body;
    expect((await tenant.patch(`/v1/registrations/${id}`, 7, { category: 'visitor' })).status).toBe(412);
    const corrected = await tenant.patch(`/v1/registrations/${id}`, 1, { category: 'visitor', organization: null });
    expect(corrected.body).toMatchObject({ category: 'visitor', quotas: ['visitor'], organization: null, version: 2 });
    expect((await tenant.patch(`/v1/registrations/${id}`, 2, { person: { email: 'nowhere' } })).status).toBe(422);
  });
});

describe('two tenants', () => {
  it('see nothing of each other', async () => {
    const [one, other] = [service.tenant(), service.tenant()];
    const eventId = await one.openEvent();
    const body = signUpBody();
    const { id } = (await one.post(`/v1/events/${eventId}/registrations`, body)).body;
    const paths = ['availability', 'quotas', 'registrations', 'imports'].map((below) => `events/${eventId}/${below}`);
    const answers = await Promise.all([...paths, `registrations/${id}`].map((path) => other.get(`/v1/${path}`)));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(404));
    expect((await other.get('/v1/registrations')).body.items).toEqual([]);
    expect((await other.post(`/v1/registrations/${id}/cancel`)).status).toBe(404);
    expect((await other.post(`/v1/events/${eventId}/registrations`, body)).body.code).toBe('event-not-yet-known');
    const own = await other.openEvent();
    expect((await other.post(`/v1/events/${own}/registrations`, body)).status).toBe(201);
  });
});
