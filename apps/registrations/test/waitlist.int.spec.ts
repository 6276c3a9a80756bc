import {
  registrationApproved,
  registrationDeclined,
  registrationPromoted,
  registrationWaitlisted,
} from '@expo-accord/contracts';
import { eventually } from '../../../test/support/eventually';
import { registrationStatuses } from '../src/registrations/registration';
import { actionsFrom, registrationActions } from '../src/registrations/registration.rules';
import { type RunningService, startService } from './service';
import { type Answer, ndjson, signUpBody } from './tenant';

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

describe('an action that the status does not allow', () => {
  it('is 409 with those that it allows, and writes nothing: for every pair', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: { quota: 100 } });
    const written = () =>
      service.db.query(
        `SELECT (SELECT json_agg(r ORDER BY id) FROM registration r WHERE event_id = $1) AS registrations,
                (SELECT json_agg(q) FROM quota q WHERE event_id = $1) AS quotas,
                (SELECT json_agg(s ORDER BY source) FROM message_stream s) AS messages,
                (SELECT count(*) FROM check_in WHERE event_id = $1) AS scans`,
        [eventId],
      );
    const bodyFor = (action: string) => (action === 'transfer' ? { person: signUpBody().person } : undefined);
    for (const status of registrationStatuses) {
      const [entered] = await tenant.signUps(eventId, 1, { historical: true, status });
      const before = await written();
      for (const action of registrationActions.filter((each) => !actionsFrom(status).includes(each))) {
        const { status: code, body } = await tenant.act(entered?.id, action, bodyFor(action));
        expect([action, code, body.code, body.currentStatus, body.actions]).toEqual([
          action,
          409,
          'action-not-allowed',
          status,
          actionsFrom(status),
        ]);
      }
      expect(await written()).toEqual(before);
      for (const action of actionsFrom(status)) {
        const dry = await tenant.act(entered?.id, `${action}?dryRun=true`, bodyFor(action));
        expect([action, dry.status]).toEqual([action, 200]);
      }
      expect(await written()).toEqual(before);
    }
  });
});

describe('approval', () => {
  it('is waited for with a place, and told of', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: { quota: 2, requiresApproval: true } });
    const [first, second] = await tenant.signUps(eventId, 2);
    expect([first, second]).toMatchObject(Array(2).fill({ status: 'pendingApproval', quotas: ['buyer'] }));
    expect(await tenant.signUps(eventId, 1)).toMatchObject([{ code: 'quota-full', waitlist: false }]);
    expect((await tenant.act(first?.id, 'approve')).body).toMatchObject({ status: 'confirmed', version: 2 });
    expect((await tenant.act(second?.id, 'decline')).body).toMatchObject({ status: 'declined', quotas: [] });
    expect(await tenant.quotasOf(eventId)).toMatchObject([{ taken: 1, free: 1 }]);
    const approved = await eventually(() => service.wire.of(registrationApproved, first?.id)[0]);
    expect(approved.data).toMatchObject({ status: 'confirmed', previous: { status: 'pendingApproval' } });
    expect(await eventually(() => service.wire.of(registrationDeclined, second?.id)[0])).toBeDefined();
  });
});

describe('the waiting list', () => {
  it('is only for categories that have one, and is changed with the version it was read with', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: { quota: 0 } });
    expect(await tenant.signUps(eventId, 1)).toMatchObject([{ code: 'quota-full', waitlist: false }]);
    const { items } = (await tenant.get(`/v1/events/${eventId}/ticket-categories`)).body;
    const [{ id }] = items as [{ id: string }];
    const changed = await tenant.patch(`/v1/ticket-categories/${id}`, 1, { waitlist: true });
    expect(changed.body).toMatchObject({ waitlist: true, requiresApproval: false, version: 2 });
    expect((await tenant.patch(`/v1/ticket-categories/${id}`, 1, { waitlist: false })).status).toBe(412);
    expect((await tenant.patch(`/v1/ticket-categories/${id}`, 2, { code: 'x' })).status).toBe(422);
    expect(await tenant.signUps(eventId, 1)).toMatchObject([{ status: 'waitlisted', quotas: [], ticketUrl: null }]);
  });

  it('moves up by one for one that is cancelled or declined, tells so, and holds for approval who needs it', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: { quota: 1, waitlist: true, requiresApproval: true } });
    const [holder, first, second] = await tenant.signUps(eventId, 3);
    expect([first, second]).toMatchObject(Array(2).fill({ status: 'waitlisted' }));
    const waits = await eventually(() => service.wire.of(registrationWaitlisted, first?.id)[0]);
    expect([waits.sequence, waits.data]).toMatchObject([1, { status: 'waitlisted', previous: null }]);
    await tenant.act(holder?.id, 'cancel');
    expect(await tenant.statusesOf([first, second] as { id: string }[])).toEqual(['pendingApproval', 'waitlisted']);
    await tenant.act(first?.id, 'decline');
    expect(await tenant.statusesOf([first, second] as { id: string }[])).toEqual(['declined', 'pendingApproval']);
    const promoted = await eventually(() => service.wire.of(registrationPromoted, second?.id)[0]);
    expect(promoted.data).toMatchObject({ status: 'pendingApproval', previous: { status: 'waitlisted' } });
  });

  it('is passed by nobody when 100 are cancelled at once and others sign up meanwhile', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: { quota: 100, waitlist: true } });
    const { body: job } = await tenant.import(eventId, '', ndjson(Array.from({ length: 250 }, () => signUpBody())));
    expect(job).toMatchObject({ created: 100, waitlisted: 150, refused: 0, processed: 250 });
    const results = await tenant.results(job.id);
    const ids = results.map(({ registrationId }) => ({ id: String(registrationId) }));
    expect(results.slice(100).every(({ outcome }) => outcome === 'waitlisted')).toBe(true);
    const cancelled = ids.slice(0, 100).map(({ id }) => tenant.act(id, 'cancel'));
    const newcomers = Array.from({ length: 50 }, () =>
      tenant.post(`/v1/events/${eventId}/registrations`, signUpBody()),
    );
    expect((await Promise.all(cancelled)).map(({ status }) => status)).toEqual(Array(100).fill(200));
    const arrived = (await Promise.all(newcomers)).map(({ status, body }) => [status, body.status]);
    expect(arrived).toEqual(Array(50).fill([201, 'waitlisted']));
    expect(await tenant.statusesOf(ids.slice(100))).toEqual([
      ...Array<string>(100).fill('confirmed'),
      ...Array<string>(50).fill('waitlisted'),
    ]);
    expect((await tenant.recount(eventId, '?dryRun=true')).body).toMatchObject({ agrees: true, promoted: 0 });
  });

  it('moves up when its quota is raised, and not when one is lowered, until it is below again', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: { quota: 3, waitlist: true } });
    const people = await tenant.signUps(eventId, 5);
    const [quota] = (await tenant.get(`/v1/events/${eventId}/quotas`)).body.items as [{ id: string }];
    await tenant.patch(`/v1/quotas/${quota.id}`, 1, { places: 1 });
    expect(await tenant.quotasOf(eventId)).toMatchObject([{ places: 1, taken: 3, free: 0 }]);
    await tenant.act(people[0]?.id, 'cancel');
    await tenant.act(people[1]?.id, 'cancel');
    expect(await tenant.statusesOf(people.slice(2))).toEqual(['confirmed', 'waitlisted', 'waitlisted']);
    await tenant.act(people[2]?.id, 'cancel');
    expect(await tenant.statusesOf(people.slice(3))).toEqual(['confirmed', 'waitlisted']);
    const raised = await tenant.patch(`/v1/quotas/${quota.id}`, 2, { places: 9 });
    expect(raised.body).toMatchObject({ places: 9, taken: 2, free: 7 });
    expect(await tenant.statusesOf(people.slice(4))).toEqual(['confirmed']);
  });

  it('moves up when somebody is corrected into another category, or waits for another', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: { quota: 1, waitlist: true }, press: { quota: 2 } });
    const people = await tenant.signUps(eventId, 3);
    const move = (at: number): Promise<Answer> =>
      tenant.patch(`/v1/registrations/${people[at]?.id ?? ''}`, 1, { category: 'press' });
    expect((await move(0)).body).toMatchObject({ status: 'confirmed', category: 'press' });
    expect(await tenant.statusesOf(people)).toEqual(['confirmed', 'confirmed', 'waitlisted']);
    expect((await move(2)).body).toMatchObject({ status: 'confirmed', quotas: ['press'], version: 3 });
    expect(await tenant.quotasOf(eventId)).toMatchObject([{ taken: 1 }, { taken: 2 }]);
  });

  it('lets who came in by an import wait behind those for whom another of its lines made room', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: { quota: 1, waitlist: true }, press: null });
    const body = signUpBody();
    await tenant.post(`/v1/events/${eventId}/registrations`, body);
    const [waiting] = await tenant.signUps(eventId, 1);
    const lines = ndjson([{ ...body, category: 'press' }, signUpBody()]);
    const { body: job } = await tenant.import(eventId, 'onExisting=update', lines);
    expect((await tenant.results(job.id)).map(({ outcome }) => outcome)).toEqual(['updated', 'waitlisted']);
    expect(await tenant.statusesOf([{ id: waiting?.id ?? '' }])).toEqual(['confirmed']);
  });
});

describe('the settings of an event', () => {
  it('hold for the categories that do not say it for themselves', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: 1, vip: { quota: 1, requiresApproval: false, waitlist: false } });
    const path = `/v1/events/${eventId}/registration-settings`;
    const bare = await tenant.openEvent({});
    expect((await tenant.get(`/v1/events/${bare}/ticket-categories`)).body).toEqual({ items: [], nextCursor: null });
    expect((await tenant.get(path)).body).toMatchObject({ requiresApproval: false, waitlist: false, version: 0 });
    const changed = await tenant.patch(path, 0, { requiresApproval: true, waitlist: true });
    expect(changed.body).toMatchObject({
      requiresApproval: true,
      waitlist: true,
      requiresInvitation: false,
      version: 1,
    });
    expect(await tenant.signUps(eventId, 2)).toMatchObject([{ status: 'pendingApproval' }, { status: 'waitlisted' }]);
    expect(await tenant.signUps(eventId, 2, { category: 'vip' })).toMatchObject([
      { status: 'confirmed' },
      { code: 'quota-full' },
    ]);
    const { items } = (await tenant.get(`/v1/events/${eventId}/ticket-categories`)).body;
    expect(items).toMatchObject([
      { requiresApproval: true, waitlist: true, asEvent: ['requiresApproval', 'waitlist', 'requiresInvitation'] },
      { requiresApproval: false, waitlist: false, asEvent: ['requiresInvitation'] },
    ]);
    const id = (items as { id: string }[])[0]?.id ?? '';
    expect((await tenant.patch(`/v1/ticket-categories/${id}`, 1, { requiresInvitation: true })).body).toMatchObject({
      requiresInvitation: true,
    });
    expect((await tenant.patch(`/v1/ticket-categories/${id}`, 2, { requiresInvitation: null })).body).toMatchObject({
      requiresInvitation: false,
    });
    expect((await tenant.patch(path, 0, {})).status).toBe(412);
    expect((await tenant.patch(path, 1, { waitlist: 'yes' })).status).toBe(422);
  });
});
