import { eventCancelled, registrationCancelled } from '@expo-accord/contracts';
import { eventually } from '../../../test/support/eventually';
import { type RunningService, startService } from './service';
import { ndjson, signUpBody } from './tenant';

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

describe('the registrations for an event that is cancelled', () => {
  it('are cancelled with it, and told of; who came has come, and history stays as it was', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({
      buyer: 3,
      vip: { requiresApproval: true },
      visitor: { quota: 0, waitlist: true },
    });
    const [confirmed, came] = await tenant.signUps(eventId, 2);
    const [pending] = await tenant.signUps(eventId, 1, { category: 'vip' });
    const [waiting] = await tenant.signUps(eventId, 1, { category: 'visitor' });
    const [past] = await tenant.signUps(eventId, 1, { historical: true });
    await tenant.act(came?.id, 'check-in');
    const all = [confirmed, pending, waiting, came, past].map((each) => ({ id: String(each?.id) }));
    expect(await tenant.statusesOf(all)).toEqual([
      'confirmed',
      'pendingApproval',
      'waitlisted',
      'checkedIn',
      'confirmed',
    ]);

    await service.wire.say(eventCancelled, tenant.id, eventId, { eventId, status: 'cancelled' });
    await eventually(async () => ((await tenant.statusesOf(all))[2] === 'cancelled' ? true : undefined));

    expect(await tenant.statusesOf(all)).toEqual(['cancelled', 'cancelled', 'cancelled', 'checkedIn', 'confirmed']);
    expect((await tenant.recount(eventId, '?dryRun=true')).body.agrees).toBe(true);
    // Each is told of on a partition of its own, which are heard in any order.
    for (const each of [confirmed, pending, waiting]) {
      await eventually(() => service.wire.of(registrationCancelled, each?.id)[0]);
    }
    const timesTold = all.map(({ id }) => service.wire.of(registrationCancelled, id).length);
    expect(timesTold).toEqual([1, 1, 1, 0, 0]);
  });

  it('are cancelled each once, however many there are and however many processes look after them', async () => {
    const tenant = service.tenant();
    const replica = await service.replica();
    const eventId = await tenant.openEvent();
    const sent = await tenant.import(eventId, '', ndjson(Array.from({ length: 1_200 }, () => signUpBody())));
    expect(sent.body).toMatchObject({ created: 1_200 });
    await service.wire.say(eventCancelled, tenant.id, eventId, { eventId, status: 'cancelled' });
    const { total } = await eventually(async () => {
      const { body } = await tenant.get(`/v1/events/${eventId}/breakdown`);
      return (body.total as { registered: number }).registered === 0 ? body : undefined;
    });
    expect(total).toMatchObject({ byStatus: { cancelled: 1_200 } });
    const rows = await service.db.query('SELECT DISTINCT version FROM registration WHERE event_id = $1', [eventId]);
    expect(rows).toEqual([{ version: 2 }]);
    await replica.stop();
  });
});
