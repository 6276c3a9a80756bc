import { type Problem } from '@expo-accord/http';
import { until } from '../../../test/support/until';
import { type SignUpBody } from '../src/registrations/registration.dto';
import { signUpOf } from '../src/registrations/registration.mapping';
import { SignUpQueue } from '../src/registrations/sign-up.queue';
import { type RunningService, startService } from './service';
import { ndjson, signUpBody, type Tenant } from './tenant';

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

type Body = Record<string, unknown>;
type Pair = readonly [one: Body, other: Body];

const settingsOf = (eventId: string): string => `/v1/events/${eventId}/registration-settings`;
const registrationsOf = (eventId: string): string => `/v1/events/${eventId}/registrations`;
const passport = (number: string): Body => ({ kind: 'passport', number });

/** A new person, as told by a sign-up and by another that names no reference of the first. */
function told(one: Body, other: Body): Pair {
  const { person } = signUpBody();
  const as = (changes: Body): Body =>
    signUpBody({ externalRefs: [], economy: undefined, person: { ...(person as Body), ...changes } });
  return [as(one), as(other)];
}

const pairs = (): Pair[] => {
  const number = `M${Math.random()}`;
  return [
    told({ document: passport(number) }, { document: passport(number), email: 'other@example.org' }),
    told({ document: passport(`${number}1`) }, { document: passport(`${number}2`) }),
    told({}, {}),
  ];
};

/** Of `pairs`, whether both are taken for one person. */
const modes: [mode: string | null, isOne: boolean[]][] = [
  [null, [true, false, true]],
  ['documentElseEmailAndName', [true, false, true]],
  ['document', [true, false, false]],
  ['emailAndName', [false, true, true]],
  ['none', [false, false, false]],
];

async function openEvent(tenant: Tenant, personIdentity: string | null, buyers: number | null = null): Promise<string> {
  const eventId = await tenant.openEvent({ buyer: buyers });
  if (personIdentity !== null) {
    expect((await tenant.patch(settingsOf(eventId), 0, { personIdentity })).body).toMatchObject({ personIdentity });
  }
  return eventId;
}

describe.each(modes)('one registration per event and person, known by %s', (mode, isOne) => {
  const secondIs = <T>(ifOne: T, ifTwo: T): T[] => isOne.map((one) => (one ? ifOne : ifTwo));

  it('holds for sign-ups one after the other, and lets in again whose first one is cancelled', async () => {
    const tenant = service.tenant();
    const path = registrationsOf(await openEvent(tenant, mode));
    const seen: unknown[] = [];
    const again: number[] = [];
    for (const [one, other] of pairs()) {
      const { body: first } = await tenant.post(path, one);
      const { status, body } = await tenant.post(path, other);
      seen.push([status, body.code, body.registrationId === first.id]);
      await tenant.act(first.id, 'cancel');
      if (status === 409) again.push((await tenant.post(path, other)).status);
    }
    expect(seen).toEqual(secondIs<unknown>([409, 'already-registered', true], [201, undefined, false]));
    expect(again).toEqual(again.map(() => 201));
  });

  it('corrects the same person, and nobody else, where existing ones are to be updated', async () => {
    const tenant = service.tenant();
    const path = registrationsOf(await openEvent(tenant, mode));
    const seen: number[] = [];
    for (const [one, other] of pairs()) {
      await tenant.post(path, one);
      seen.push((await tenant.post(`${path}?onExisting=update`, { ...other, mode: 'online' })).status);
    }
    expect(seen).toEqual(secondIs(200, 201));
  });

  it('holds for two in one group', async () => {
    const tenant = service.tenant();
    const eventId = await openEvent(tenant, mode, 1_000);
    const queue = service.app.get(SignUpQueue);
    const sent = async (body: Body): Promise<number> => {
      const one = { tenantId: tenant.id, eventId, onExisting: 'refuse' as const, keyed: undefined };
      const answered = queue.signUp({ ...one, signUp: signUpOf(body as unknown as SignUpBody) });
      return answered.then(
        ({ status }) => status,
        (problem: unknown) => (problem as Problem).status,
      );
    };
    const release = await service.db.hold('SELECT 1 FROM quota WHERE event_id = $1 FOR UPDATE', [eventId]);
    const ahead = sent(signUpBody());
    await until(service.db.waiting, ({ length }) => length === 1);
    const both = pairs().map((pair) => Promise.all(pair.map(sent)));
    await release();
    expect(await ahead).toBe(201);
    expect(await Promise.all(both)).toEqual(secondIs([201, 409], [201, 201]));
  });

  it('holds for two at once through two processes', async () => {
    const tenant = service.tenant();
    const path = registrationsOf(await openEvent(tenant, mode));
    const replica = await service.replica();
    const doors = [tenant, replica.as(tenant)];
    const seen = await Promise.all(
      pairs().map(async (pair) => {
        const answers = pair.map((body, n) => (doors[n] as Tenant).post(path, body));
        return (await Promise.all(answers)).map(({ status }) => status).sort();
      }),
    );
    await replica.stop();
    expect(seen).toEqual(secondIs([201, 409], [201, 201]));
  });

  it('holds for imports, within a chunk, from one to the next, and rehearsed', async () => {
    const tenant = service.tenant();
    const eventId = await openEvent(tenant, mode);
    const within = pairs();
    const apart = pairs();
    const between = Array.from({ length: 500 }, () => signUpBody());
    const file = ndjson([
      ...within.flat(),
      ...apart.map(([one]) => one),
      ...between,
      ...apart.map(([, other]) => other),
    ]);
    const seen = async (query: string): Promise<unknown> => {
      const { body: job } = await tenant.import(eventId, query, file);
      const outcomes = (await tenant.results(job.id)).map(({ outcome }) => outcome);
      return [outcomes.slice(0, 9), outcomes.slice(-3)];
    };
    const seconds = secondIs('unchanged', 'created');
    const expected = [[...seconds.flatMap((second) => ['created', second]), 'created', 'created', 'created'], seconds];
    expect(await seen('dryRun=true')).toEqual(expected);
    expect(await seen('')).toEqual(expected);
  });

  it('holds for delegations, for corrections and for transfers', async () => {
    const tenant = service.tenant();
    const eventId = await openEvent(tenant, mode);
    const seen = { delegated: [] as number[], corrected: [] as number[], transferred: [] as number[] };
    for (const [head, member] of pairs()) {
      seen.delegated.push((await tenant.post(`/v1/events/${eventId}/delegations`, { head, members: [member] })).status);
    }
    for (const [one, { person }] of pairs()) {
      await tenant.post(registrationsOf(eventId), one);
      const id = await tenant.signUp(eventId);
      seen.corrected.push((await tenant.patch(`/v1/registrations/${id}`, 1, { person })).status);
    }
    for (const [one, { person }] of pairs()) {
      await tenant.post(registrationsOf(eventId), one);
      seen.transferred.push((await tenant.act(await tenant.signUp(eventId), 'transfer', { person })).status);
    }
    expect(seen).toEqual({
      delegated: secondIs(409, 201),
      corrected: secondIs(409, 200),
      transferred: secondIs(409, 200),
    });
  });
});

describe('by what a person is known', () => {
  it('is not changed while anybody is registered, and can be sent again as it is', async () => {
    const tenant = service.tenant();
    const eventId = await openEvent(tenant, 'document');
    const path = settingsOf(eventId);
    const id = await tenant.signUp(eventId);
    const refused = await tenant.patch(path, 1, { personIdentity: 'none', waitlist: true });
    expect([refused.status, refused.body.code]).toEqual([409, 'person-identity-in-use']);
    expect((await tenant.get(path)).body).toMatchObject({ personIdentity: 'document', waitlist: false, version: 1 });
    const same = await tenant.patch(path, 1, { personIdentity: 'document', waitlist: true });
    expect(same.body).toMatchObject({ personIdentity: 'document', waitlist: true, version: 2 });
    await tenant.act(id, 'cancel');
    const usual = await tenant.patch(path, 2, { personIdentity: null });
    expect(usual.body).toMatchObject({ personIdentity: 'documentElseEmailAndName', waitlist: true, version: 3 });
  });

  it('is one of four, and another at another event', async () => {
    const tenant = service.tenant();
    const eventId = await openEvent(tenant, 'none');
    const wrong = await tenant.patch(settingsOf(eventId), 1, { personIdentity: 'phone' });
    expect([wrong.status, wrong.body.errors]).toMatchObject([422, [{ pointer: '/personIdentity' }]]);
    const [one, other] = told({}, {});
    const usual = await openEvent(tenant, null);
    expect((await tenant.get(settingsOf(usual))).body.personIdentity).toBe('documentElseEmailAndName');
    const both = async (path: string): Promise<number[]> => [
      (await tenant.post(path, one)).status,
      (await tenant.post(path, other)).status,
    ];
    expect(await both(registrationsOf(eventId))).toEqual([201, 201]);
    expect(await both(registrationsOf(usual))).toEqual([201, 409]);
  });

  it('is not chosen beside a sign-up that is under way by another', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 10 });
    const release = await service.db.hold('SELECT 1 FROM quota WHERE event_id = $1 FOR UPDATE', [eventId]);
    const first = tenant.signUp(eventId);
    await until(service.db.waiting, ({ length }) => length === 1);
    const changed = tenant.patch(settingsOf(eventId), 0, { personIdentity: 'none' });
    await until(service.db.waiting, ({ length }) => length === 2);
    await release();
    await first;
    expect((await changed).body.code).toBe('person-identity-in-use');
  });

  it.each(['document', 'emailAndName', 'none'])(
    '%s keeps nobody from being erased, nor lets them come back',
    async (mode) => {
      const tenant = service.tenant();
      const path = registrationsOf(await openEvent(tenant, mode));
      const document = passport('E1');
      const [one, other] = told({ document }, { document, email: 'e2@example.org' });
      const { body: first } = await tenant.post(path, one);
      await tenant.act(first.id, 'cancel');
      const { body: second } = await tenant.post(path, other);
      await tenant.act(second.id, 'erase');
      expect((await tenant.get(`/v1/registrations/${first.id}`)).body.person).toBeNull();
      expect((await tenant.post(path, one)).body.code).toBe('person-erased');
      expect((await tenant.post(path, { ...other, externalRefs: [] })).body.code).toBe('person-erased');
    },
  );

  it.each(['document', 'emailAndName', 'none'])('%s leaves a ticket only to whom it was given', async (mode) => {
    const tenant = service.tenant();
    const path = registrationsOf(await openEvent(tenant, mode));
    const { body } = await tenant.post(path, signUpBody());
    const corrected = await tenant.patch(`/v1/registrations/${body.id}`, 1, { person: signUpBody().person });
    expect(corrected.status).toBe(200);
    const [ended] = await service.db.query<{ count: number }>(
      'SELECT cardinality(tickets_ended_at) AS count FROM registration WHERE id = $1',
      [body.id],
    );
    expect(ended?.count).toBe(1);
  });
});
