import { organizationMerged } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { until } from '../../../test/support/until';
import { type RunningService, startService } from './service';
import { signUpBody } from './tenant';

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
});
