import { organizationMerged } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { until } from '../../../test/support/until';
import { type RunningService, startService } from './service';
import { ndjson, signUpBody } from './tenant';

describe('the organisation of a registration', () => {
  let service: RunningService;

  beforeAll(async () => {
    service = await startService();
  });
  afterAll(async () => {
    await service.stop();
  });

  it('is the one that stands for it by now, with the name that was written', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const [twin, survivorId] = [newId(), newId()];
    const signUp = signUpBody({ organization: { id: twin, name: 'Umbrella' } });
    const { id } = (await tenant.post(`/v1/events/${eventId}/registrations`, signUp)).body;
    await service.wire.say(organizationMerged, tenant.id, twin, { organizationId: twin, survivorId });
    const read = await until(
      () => tenant.get(`/v1/registrations/${id}`),
      ({ text }) => text.includes(survivorId),
    );
    expect(read.body).toMatchObject({ organization: { id: survivorId, name: 'Umbrella' }, version: 1 });
    expect((await tenant.get(`/v1/events/${eventId}/registrations`)).text).not.toContain(twin);
  });

  it('is what the breakdown counts by, whoever it was when somebody signed up', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const [twin, survivorId, small] = [newId(), newId(), newId()];
    for (const id of [small, twin, survivorId, null]) {
      const organization = id === null ? null : { id, name: 'Umbrella' };
      await tenant.post(`/v1/events/${eventId}/registrations`, signUpBody({ organization }));
    }
    await service.wire.say(organizationMerged, tenant.id, twin, { organizationId: twin, survivorId });
    const read = await until(
      () => tenant.get(`/v1/events/${eventId}/breakdown`),
      ({ text }) => !text.includes(twin),
    );
    expect(read.body).toMatchObject({
      total: { registered: 4 },
      byOrganization: [
        { organizationId: survivorId, registered: 2, checkedIn: 0, byStatus: { confirmed: 2 } },
        { organizationId: small, registered: 1 },
      ],
    });
    expect(read.body.byOrganization).toHaveLength(2);
  });

  it('is one of the rest in the breakdown where it has no id or is small, so that all agree with the total', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const large = Array.from({ length: 100 }, () => ({ id: newId(), name: 'Large' }));
    const small = { id: newId(), name: 'Small' };
    const organizations = [...large, ...large, small, { name: 'Umbrella' }, { name: 'Umbrella' }, null];
    const lines = organizations.map((organization) => signUpBody({ organization }));
    await tenant.import(eventId, '', ndjson(lines));
    const unnamed = (await tenant.post(`/v1/events/${eventId}/registrations`, signUpBody())).body;
    await tenant.act(unnamed.id, 'cancel');
    const { body, text } = await tenant.get(`/v1/events/${eventId}/breakdown`);
    expect(body).toMatchObject({
      total: { registered: 204, byStatus: { confirmed: 204, cancelled: 1 } },
      otherOrganizations: { registered: 1, checkedIn: 0, byStatus: { confirmed: 1 } },
      withoutOrganizationId: { registered: 3, checkedIn: 0, byStatus: { confirmed: 3, cancelled: 1 } },
    });
    expect(body.byOrganization).toHaveLength(100);
    expect(text).not.toContain('Umbrella');
  });
});
