import { type RunningService, startService } from './service';
import { ndjson, signUpBody } from './tenant';

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

describe('an erased person who is sent again', () => {
  it('is refused, whichever way they are sent', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const { person: withMail, ...rest } = signUpBody();
    const person = { ...(withMail as object), document: { kind: 'passport', number: 'M 1234' } };
    const other = signUpBody();
    const nameless = signUpBody({
      person: { name: { texts: { en: 'Only Name' }, order: 'givenFirst' } },
      externalRefs: [],
    });
    const { body: made } = await tenant.register(eventId, { ...rest, person });
    const { body: others } = await tenant.register(eventId, other);
    const { body: nobodys } = await tenant.register(eventId, nameless);
    await tenant.act(made.id, 'erase');
    await tenant.act(nobodys.id, 'erase');
    const ways = [
      { ...rest, person, externalRefs: [] },
      { ...signUpBody(), person: withMail },
      { ...signUpBody(), externalRefs: rest.externalRefs },
      {
        ...signUpBody(),
        person: {
          name: other.person && (other.person as { name: object }).name,
          document: { kind: 'passport', number: 'm1234' },
        },
      },
      nameless,
    ];
    for (const way of ways) {
      const refused = await tenant.register(eventId, way, '?onExisting=update');
      expect([refused.status, refused.body.code]).toEqual([409, 'person-erased']);
    }
    const { body: job } = await tenant.import(eventId, 'onExisting=update', ndjson([...ways, other]));
    expect(job).toMatchObject({ erased: 5, unchanged: 1, created: 0, refused: 0 });
    const history = ndjson(ways.map((way) => ({ ...way, status: 'checkedIn' })));
    expect((await tenant.import(eventId, 'historical=true', history)).body).toMatchObject({ erased: 5, created: 0 });
    expect((await tenant.import(eventId, 'dryRun=true', ndjson(ways))).body).toMatchObject({ erased: 5 });
    const taken = await tenant.patch(`/v1/registrations/${others.id}`, 1, { person });
    expect([taken.status, taken.body.code]).toEqual([409, 'person-erased']);
    const revived = await tenant.patch(`/v1/registrations/${made.id}`, 2, { person });
    expect([revived.status, revived.body.code]).toEqual([409, 'person-erased']);
    // A namesake is somebody else, and another event another matter.
    const namesake = {
      ...signUpBody(),
      person: { name: (withMail as { name: object }).name, email: 'other@example.org' },
    };
    expect((await tenant.register(eventId, namesake)).status).toBe(201);
    expect((await tenant.register(await tenant.openEvent(), { ...rest, person, externalRefs: [] })).status).toBe(201);
  });

  it('is known by what was said before a correction; who handed the registration on is somebody else', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const name = (family: string) => ({ texts: { en: `Jin ${family}` }, order: 'givenFirst' });
    const person = (family: string, email: string) => ({ name: name(family), email });
    const made = async (who: object): Promise<string> =>
      (await tenant.register(eventId, signUpBody({ person: who, externalRefs: [] }))).body.id;
    const [typo, handedOn, replaced] = [
      await made(person('Ma', 'typo@example.org')),
      await made(person('Lu', 'assistant@example.org')),
      await made(person('Wu', 'wu@example.org')),
    ];
    const correct = async (id: string, version: number, who: object): Promise<void> => {
      expect((await tenant.patch(`/v1/registrations/${id}`, version, { person: who })).status).toBe(200);
    };
    await correct(typo, 1, person('Ma', 'ma@example.org'));
    await correct(typo, 2, person('Maa', 'ma@example.org'));
    await correct(replaced, 1, person('Xi', 'xi@example.org'));
    const next = { person: person('Qi', 'assistant@example.org') };
    expect((await tenant.post(`/v1/registrations/${handedOn}/transfer`, next)).status).toBe(200);
    for (const id of [typo, handedOn, replaced]) await tenant.act(id, 'erase');
    const again = [
      ...[person('Ma', 'typo@example.org'), person('Ma', 'ma@example.org'), person('Maa', 'ma@example.org')],
      ...[person('Lu', 'assistant@example.org'), person('Wu', 'wu@example.org')],
    ];
    const lines = again.map((who) => signUpBody({ person: who, externalRefs: [] }));
    expect((await tenant.import(eventId, '', ndjson(lines))).body).toMatchObject({ erased: 3, created: 2 });
    expect(await service.db.query('SELECT * FROM former_mark')).toEqual([]);
  });
});
