import { contactRecorded, registrationPromoted } from '@expo-accord/contracts';
import { eventually } from '../../../test/support/eventually';
import { type RunningService, startService } from './service';
import { type Answer, signUpBody, type Tenant } from './tenant';

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

const people = (count: number, changes: Record<string, unknown> = {}): Record<string, unknown>[] =>
  Array.from({ length: count }, () => signUpBody({ economy: undefined, ...changes }));

const delegate = (tenant: Tenant, eventId: string, count: number, changes = {}): Promise<Answer> => {
  const [head, ...members] = people(count);
  return tenant.post(`/v1/events/${eventId}/delegations`, { head, members, ...changes });
};

const membersOf = ({ body }: Answer): { registrationId: string; status: string; isHead: boolean }[] =>
  body.members as { registrationId: string; status: string; isHead: boolean }[];
const statusesIn = (answer: Answer): string[] => membersOf(answer).map(({ status }) => status);

describe('a delegation', () => {
  it('is signed up whole, with its head, its side and its own limit', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 5 });
    await tenant.post(`/v1/events/${eventId}/quotas`, { scope: 'side', economy: 'KR', places: 4 });
    const names = { original: 'en', texts: { en: 'Delegation of Jilin Province' } };
    const externalRefs = [{ system: 'expo-a', id: 'd1' }];
    const made = await delegate(tenant, eventId, 3, { names, externalRefs, economy: 'KR', places: 4 });
    expect([made.status, made.headers.get('location')]).toEqual([201, `/v1/delegations/${made.body.id}`]);
    expect(made.body).toMatchObject({ names, economy: 'KR', places: 4, externalRefs });
    expect(membersOf(made)).toMatchObject([{ isHead: true }, { isHead: false }, { isHead: false }]);
    expect((await tenant.get(`/v1/delegations/${made.body.id}`)).body).toEqual(made.body);
    expect((await tenant.get(`/v1/events/${eventId}/delegations?ref=expo-a:d1`)).body.items).toEqual([made.body]);
    const listed = await tenant.get(`/v1/events/${eventId}/registrations?delegationId=${made.body.id}`);
    expect(listed.body.items).toMatchObject(Array(3).fill({ economy: 'KR', quotas: ['buyer', 'KR'] }));
    const path = `/v1/delegations/${made.body.id}/members`;
    expect((await tenant.post(path, { members: people(2) })).body).toMatchObject({
      code: 'delegation-full',
      places: 4,
    });
    expect(statusesIn(await tenant.post(path, { members: people(1) }))).toEqual(Array(4).fill('confirmed'));
    expect((await service.tenant().get(`/v1/delegations/${made.body.id}`)).status).toBe(404);
  });

  it('is refused whole: for one member too many, one who is there already, one who is not valid', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 3 });
    const known = signUpBody({ economy: undefined });
    await tenant.post(`/v1/events/${eventId}/registrations`, known);
    const full = await delegate(tenant, eventId, 3);
    expect([full.status, full.body]).toMatchObject([409, { code: 'quota-full', refused: { length: 3 } }]);
    const twice = await delegate(tenant, eventId, 1, { members: [known] });
    expect(twice.body).toMatchObject({ refused: [{ pointer: '/members/0', code: 'already-registered' }] });
    const wrong = await delegate(tenant, eventId, 1, { members: people(1, { category: 'press' }) });
    expect([wrong.status, wrong.body.errors]).toMatchObject([422, [{ pointer: '/members/0/category' }]]);
    const mixed = await delegate(tenant, eventId, 1, { economy: 'KR', members: people(1, { economy: 'JP' }) });
    expect(mixed.body.errors).toMatchObject([{ pointer: '/members/0/economy', code: 'other-side' }]);
    expect((await tenant.get(`/v1/events/${eventId}/delegations`)).body.items).toEqual([]);
    expect(await tenant.quotasOf(eventId)).toMatchObject([{ taken: 1 }]);
    expect((await tenant.get(`/v1/events/${eventId}/breakdown`)).body.total).toMatchObject({ registered: 1 });
  });

  it('waits whole, and comes in whole when there is room for all of it', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: { quota: 3, waitlist: true } });
    const [first, second] = await tenant.signUps(eventId, 2);
    const party = await delegate(tenant, eventId, 2);
    expect(statusesIn(party)).toEqual(['waitlisted', 'waitlisted']);
    const path = `/v1/delegations/${party.body.id}`;
    // It does not keep the one place that is left from others, and who joins it waits with it.
    const [single] = await tenant.signUps(eventId, 1);
    expect(single).toMatchObject({ status: 'confirmed' });
    expect(statusesIn(await tenant.post(`${path}/members`, { members: people(1) }))).toEqual(
      Array(3).fill('waitlisted'),
    );
    await tenant.act(first?.id, 'cancel');
    await tenant.act(second?.id, 'cancel');
    expect(statusesIn(await tenant.get(path))).toEqual(Array(3).fill('waitlisted'));
    await tenant.act(membersOf(party)[1]?.registrationId, 'cancel');
    expect(statusesIn(await tenant.get(path))).toEqual(['confirmed', 'cancelled', 'confirmed']);
    const head = membersOf(party)[0]?.registrationId;
    expect(await eventually(() => service.wire.of(registrationPromoted, head)[0])).toBeDefined();
    const [waiting] = await tenant.signUps(eventId, 1);
    expect(statusesIn(await tenant.post(`${path}/cancel`))).toEqual(Array(3).fill('cancelled'));
    expect(await tenant.statusesOf([{ id: waiting?.id ?? '' }])).toEqual(['confirmed']);
    expect((await tenant.post(`${path}/cancel`)).status).toBe(409);
  });
});

describe('a registration that is given to another person', () => {
  it('keeps its place and organisation, and takes nothing else of whom it was', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 2 });
    const [head, member] = people(2, { notify: 'changes', answers: { diet: 'vegan' } });
    const party = await tenant.post(`/v1/events/${eventId}/delegations`, { head, members: [member] });
    const id = membersOf(party)[1]?.registrationId ?? '';
    const ticket = await tenant.ticketOf(id);
    const former = (await tenant.get(`/v1/registrations/${id}`)).body;
    const transfer = (body: object, query = ''): Promise<Answer> =>
      tenant.post(`/v1/registrations/${id}/transfer${query}`, body);
    expect((await transfer({ person: head?.person })).body.code).toBe('already-registered');
    expect((await transfer({ person: { email: 'x' } })).status).toBe(422);
    const { person } = signUpBody();
    expect((await transfer({ person }, '?dryRun=true')).body).toMatchObject({ version: 2 });
    const given = await transfer({ person, notify: 'changes', language: 'en' });
    expect(given.body).toMatchObject({
      id,
      status: 'confirmed',
      organization: former.organization,
      person: { email: (person as { email: string }).email },
      language: 'en',
      delegationId: party.body.id,
      version: 2,
    });
    expect(given.body.answers).toEqual({});
    expect(await tenant.quotasOf(eventId)).toMatchObject([{ taken: 2 }]);
    expect(await tenant.ticketOf(id)).not.toBe(ticket);
    const contacts = await eventually(() => {
      const heard = service.wire.of(contactRecorded, id);
      return heard.length === 2 ? heard : undefined;
    });
    expect(contacts[1]?.data).toMatchObject({ email: (person as { email: string }).email, language: 'en' });
    // Whom it was taken from may sign up anew.
    await tenant.act(membersOf(party)[0]?.registrationId, 'cancel');
    const anew = await tenant.post(`/v1/events/${eventId}/registrations`, { ...member, externalRefs: [] });
    expect(anew.status).toBe(201);
  });

  it('is approved anew, and is refused once the person came', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: { requiresApproval: true } });
    const [made] = await tenant.signUps(eventId, 1);
    const id = made?.id ?? '';
    await tenant.act(id, 'approve');
    const given = await tenant.post(`/v1/registrations/${id}/transfer`, { person: signUpBody().person });
    expect(given.body).toMatchObject({ status: 'pendingApproval', ticketUrl: null });
    await tenant.act(id, 'approve');
    await tenant.act(id, 'check-in');
    const late = await tenant.post(`/v1/registrations/${id}/transfer`, { person: signUpBody().person });
    expect([late.status, late.body.code]).toEqual([409, 'action-not-allowed']);
  });
});
