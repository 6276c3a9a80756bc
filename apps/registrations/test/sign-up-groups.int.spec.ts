import { registrationRegistered } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { type Problem } from '@expo-accord/http';
import { eventually } from '../../../test/support/eventually';
import { until } from '../../../test/support/until';
import { SignUpQueue } from '../src/registrations/sign-up.queue';
import { type RunningService, startService } from './service';
import { signUp } from './sign-up.builder';
import { type Answer, signUpBody, type Tenant } from './tenant';

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

type Body = Record<string, unknown>;

const many = <T>(count: number, each: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => each(n));
const keyed = (key: string): { headers: Record<string, string> } => ({ headers: { 'idempotency-key': key } });
const emailOf = (body: Body): unknown => (body.person as { email: string }).email;
const registered = async (eventId: string): Promise<number> =>
  (await service.db.query('SELECT 1 FROM registration WHERE event_id = $1', [eventId])).length;

/** Until the answer is called, every sign-up for the event waits for its quota. */
async function holdPlaces(eventId: string): Promise<() => Promise<void>> {
  return service.db.hold('SELECT 1 FROM quota WHERE event_id = $1 FOR UPDATE', [eventId]);
}

describe('sign-ups at once', () => {
  it('have each its own answer and its own cause, also beside one that only the database refuses', async () => {
    await service.db.query(`ALTER TABLE registrant ADD CHECK (phone IS DISTINCT FROM 'refused')`);
    const tenant = service.tenant();
    const path = `/v1/events/${await tenant.openEvent({ buyer: 100 })}/registrations`;
    const bodies = many(40, () => signUpBody());
    (bodies[17]?.person as Body).phone = 'refused';
    bodies[23] = { ...bodies[23], category: 'unheardOf' };
    const answers = await Promise.all(
      bodies.map((body, n) => tenant.post(path, body, n % 3 === 0 ? keyed(newId()) : {})),
    );
    expect(answers.map(({ status }) => status)).toEqual(many(40, (n) => (n === 17 ? 500 : n === 23 ? 422 : 201)));
    const good = answers.filter(({ status }) => status === 201);
    expect(good.map(({ body }) => emailOf(body))).toEqual(bodies.filter((_, n) => n !== 17 && n !== 23).map(emailOf));
    const causes = await Promise.all(
      good.map(({ body }) => eventually(() => service.wire.of(registrationRegistered, body.id)[0]?.correlationId)),
    );
    expect(causes).toEqual(good.map(({ headers }) => headers.get('x-request-id')));
  });

  it('are told to come again when too many wait, and nothing of them is kept', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 10_000 });
    const release = await holdPlaces(eventId);
    const queue = service.app.get(SignUpQueue);
    const sent = many(2_050, (n) => {
      const person = { ...signUp().person, email: `${n}@example.org` };
      const one = { tenantId: tenant.id, eventId, onExisting: 'refuse' as const, keyed: undefined };
      return queue.signUp({ ...one, signUp: signUp({ person }) });
    });
    const refused = await Promise.allSettled(sent.slice(2_000));
    await release();
    const problems = refused.map((each) => (each.status === 'rejected' ? (each.reason as Problem) : undefined));
    expect(problems.map((problem) => [problem?.status, problem?.headers])).toEqual(
      many(50, () => [503, { 'retry-after': '1' }]),
    );
    await Promise.all(sent.slice(0, 2_000));
    expect(await registered(eventId)).toBe(2_000);
  });

  it('for an event that was not heard of yet are told to come again', async () => {
    const tenant = service.tenant();
    const path = `/v1/events/${newId()}/registrations`;
    const answers = await Promise.all(many(5, (n) => tenant.post(path, signUpBody(), n === 0 ? keyed(newId()) : {})));
    expect(answers.map(({ status, body, headers }) => [status, body.code, headers.get('retry-after')])).toEqual(
      many(5, () => [404, 'event-not-yet-known', '1']),
    );
  });

  it('through two processes never give a place, a person or a reference twice', async () => {
    const tenant = service.tenant();
    const replica = await service.replica();
    const doors: Tenant[] = [tenant, replica.as(tenant)];
    const path = `/v1/events/${await tenant.openEvent({ buyer: 10, visitor: null })}/registrations`;
    const everywhere = async (count: number, body: (n: number) => Body): Promise<Answer[]> =>
      Promise.all(many(count, (n) => (doors[n % 2] as Tenant).post(path, body(n))));
    const created = (answers: Answer[]): number => answers.filter(({ status }) => status === 201).length;
    const person = signUpBody({ category: 'visitor', externalRefs: [] });
    const externalRefs = [{ system: 'expo-b', id: 'same' }];
    const [places, persons, references] = await Promise.all([
      everywhere(50, () => signUpBody()),
      everywhere(20, () => person),
      everywhere(20, () => signUpBody({ category: 'visitor', externalRefs })),
    ]);
    await replica.stop();
    expect([places, persons, references].map(created)).toEqual([10, 1, 1]);
    const rest = [places, persons, references].flat().filter(({ status }) => status !== 201);
    expect(new Set(rest.map(({ status }) => status))).toEqual(new Set([409]));
  });

  it('cannot be twice one person or reference in the tables themselves', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    await tenant.signUp(eventId);
    const again = (table: string, id: string, fields: string): Promise<unknown> =>
      service.db.query(
        `INSERT INTO ${table} SELECT (jsonb_populate_record(r, jsonb_build_object(${fields}))).* FROM ${table} r WHERE ${id} = $1`,
        [table === 'registration' ? eventId : tenant.id],
      );
    await expect(again('registration', 'event_id', `'id', gen_random_uuid()`)).rejects.toThrow(
      'registration_person_once',
    );
    await expect(again('registration_ref', 'tenant_id', `'x', 1`)).rejects.toThrow('registration_ref_pkey');
  });
});

describe('a sign-up with an Idempotency-Key', () => {
  it('sent 50 times at once makes one row and one message, and all are answered alike', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 100 });
    const replica = await service.replica();
    const doors = [tenant, replica.as(tenant)];
    const [path, body, key] = [`/v1/events/${eventId}/registrations`, signUpBody(), newId()];
    const token = keyed(key);
    const answers = await Promise.all(many(50, (n) => (doors[n % 2] as Tenant).post(path, body, token)));
    await replica.stop();
    const [{ body: first }] = answers as [Answer];
    expect(answers.map(({ status }) => status)).toEqual(many(50, () => 201));
    expect(answers.map((answer) => answer.body)).toEqual(many(50, () => first));
    expect(new Set(answers.map(({ headers }) => headers.get('location')))).toEqual(
      new Set([`/v1/registrations/${first.id}`]),
    );
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(49);
    expect(await registered(eventId)).toBe(1);
    await eventually(() => service.wire.of(registrationRegistered, first.id)[0]);
    // Whatever else were said would come before what is said after it.
    const later = await tenant.signUp(eventId);
    await eventually(() => service.wire.of(registrationRegistered, later)[0]);
    expect(service.wire.heard.filter(({ text }) => text.includes(eventId) && text.includes(first.id))).toHaveLength(1);
    const other = await tenant.post(path, signUpBody(), token);
    expect([other.status, other.body.code]).toEqual([422, 'idempotency-key-reused']);
  });

  it('is not used up by a refusal, nor by other bodies that came together with it', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 0 });
    const [path, body, key] = [`/v1/events/${eventId}/registrations`, signUpBody(), newId()];
    expect((await tenant.post(path, body, keyed(key))).body.code).toBe('quota-full');
    const [quota] = await service.db.query<{ id: string }>('SELECT id FROM quota WHERE event_id = $1', [eventId]);
    await tenant.patch(`/v1/quotas/${String(quota?.id)}`, 1, { places: 5 });
    const bodies = [body, signUpBody(), body];
    const [one, other, same] = await Promise.all(
      bodies.map(async (each) => (await tenant.post(path, each, keyed(key))).status),
    );
    // Whichever came first.
    expect([one, other, same]).toEqual(one === 201 ? [201, 422, 201] : [422, 201, 422]);
    expect(await registered(eventId)).toBe(1);
  });

  it('is free again when the connection of its group dies in the middle', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 5 });
    const [path, body, key] = [`/v1/events/${eventId}/registrations`, signUpBody(), newId()];
    const release = await holdPlaces(eventId);
    const first = tenant.post(path, body, keyed(key));
    const [pid] = await until(service.db.waiting, ({ length }) => length === 1);
    await service.db.query('SELECT pg_terminate_backend($1)', [pid]);
    expect((await first).status).toBe(503);
    await release();
    const again = await tenant.post(path, body, keyed(key));
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, null]);
    expect(await registered(eventId)).toBe(1);
  });
});

describe('what is changed without an idempotency key', () => {
  it('is begun anew when PostgreSQL has ended it in favour of another', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 10, press: 10 });
    const { id } = (await tenant.post(`/v1/events/${eventId}/registrations`, signUpBody())).body;
    await service.db.query(`
      CREATE SEQUENCE written;
      CREATE FUNCTION give_way() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF nextval('written') = 1 THEN RAISE EXCEPTION 'gave way' USING ERRCODE = '40P01'; END IF;
          RETURN NULL;
        END $$;
      CREATE TRIGGER give_way AFTER INSERT OR UPDATE ON registration EXECUTE FUNCTION give_way();`);
    const { person } = signUpBody();
    const members = { head: signUpBody(), members: [signUpBody()] };
    for (const change of [
      () => tenant.patch(`/v1/registrations/${id}`, 1, { category: 'press' }),
      () => tenant.act(id, 'transfer?dryRun=true', { person }),
      () => tenant.act(id, 'transfer', { person }),
      () => tenant.act(id, 'cancel'),
      () => tenant.post(`/v1/events/${eventId}/delegations`, members),
      () => tenant.act(id, 'erase'),
    ]) {
      await service.db.query('ALTER SEQUENCE written RESTART');
      const { status } = await change();
      const [{ tries } = { tries: 0 }] = await service.db.query<{ tries: number }>(
        'SELECT last_value::integer AS tries FROM written',
      );
      expect([status < 300, tries > 1]).toEqual([true, true]);
    }
    await service.db.query('DROP TRIGGER give_way ON registration; DROP FUNCTION give_way; DROP SEQUENCE written');
    expect((await tenant.recount(eventId, '?dryRun=true')).body.agrees).toBe(true);
  });
});
