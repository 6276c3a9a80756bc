import { type RunningService, startService } from './service';
import { signUpBody } from './tenant';

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

describe('erasing one of several of the same name and address', () => {
  it('takes with it what the same person gave a document for, which otherwise nobody could correct any more', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const body = signUpBody({ externalRefs: [] });
    const person = { ...(body.person as object), document: { kind: 'passport', number: 'M1234' } };
    const { body: known } = await tenant.post(`/v1/events/${eventId}/registrations`, { ...body, person });
    const { body: alike } = await tenant.post(`/v1/events/${eventId}/registrations`, body);
    await tenant.act(alike.id, 'erase');
    const isForgotten = async ({ id }: { id: string }): Promise<boolean> =>
      (await tenant.get(`/v1/registrations/${id}`)).body.person === null;
    expect([await isForgotten(known), await isForgotten(alike)]).toEqual([true, true]);
  });

  it('leaves a namesake of the same address alone who gave another document', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const { person } = signUpBody();
    const [one, other] = await Promise.all(
      ['M1', 'M2'].map(async (number) => {
        const documented = { ...(person as object), document: { kind: 'passport', number } };
        const body = signUpBody({ person: documented, externalRefs: [] });
        return (await tenant.post(`/v1/events/${eventId}/registrations`, body)).body;
      }),
    );
    await tenant.act(one?.id, 'erase');
    expect((await tenant.get(`/v1/registrations/${one?.id ?? ''}`)).body.person).toBeNull();
    expect((await tenant.get(`/v1/registrations/${other?.id ?? ''}`)).body.person).not.toBeNull();
  });
});
