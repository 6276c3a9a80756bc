import { agreementCorrected, organizationMerged, organizationTopic } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { rebuildReadModel } from '@expo-accord/messaging';
import { eventually } from '../../../test/support/eventually';
import { createApp } from '../src/app';
import { readModels } from '../src/database/read-models';
import { AgreementsService, type Tenant } from './agreements-service';

const en = (text: string): object => ({ original: 'en', texts: { en: text } });

describe('an organisation that was merged', () => {
  let service: AgreementsService;
  let tenant: Tenant;

  beforeAll(async () => {
    service = await AgreementsService.start();
    tenant = service.tenant();
  }, 60_000);

  afterAll(async () => {
    await service.stop();
  });

  const between = (...organizationIds: string[]): object => ({
    completeness: 'exhaustive',
    items: organizationIds.map((organizationId, at) => ({ organizationId, name: en(`Party ${at}`), economy: 'KR' })),
  });
  const mou = async (...organizationIds: string[]): Promise<string> => {
    const body = { type: 'mou', titles: en('Memorandum'), parties: between(...organizationIds), externalRefs: [] };
    const created = await tenant.post('agreements', body);
    expect(created.status).toBe(201);
    return `agreements/${created.body['id'] as string}`;
  };
  const partiesOf = async (path: string, by = tenant): Promise<object[]> => {
    const { body } = await by.get<{ parties: { items: object[] } }>(path);
    return body.parties.items;
  };
  const say = (organizationId: string, survivorId: string): Promise<unknown> =>
    service.wire.say(organizationMerged, tenant.id, organizationId, { organizationId, survivorId });
  const untilParty = (path: string, organizationId: string): Promise<unknown> =>
    eventually(async () => {
      const [first] = await partiesOf(path);
      return first !== undefined && 'organizationId' in first && first.organizationId === organizationId
        ? first
        : undefined;
    });

  it('is named by what stands for it, with the name that was written', async () => {
    const [twin, kept, other] = [newId(), newId(), newId()];
    const path = await mou(twin, other);
    await say(twin, kept);
    await untilParty(path, kept);
    expect(await partiesOf(path)).toMatchObject([
      { organizationId: kept, name: en('Party 0') },
      { organizationId: other, name: en('Party 1') },
    ]);
    const entered = await mou(twin);
    expect(await partiesOf(entered)).toMatchObject([{ organizationId: kept }]);
    const { body } = await tenant.get<{ items: object[] }>('agreements');
    expect(JSON.stringify(body.items)).not.toContain(twin);
    const trail = await tenant.get<{ items: object[] }>(`${path}/audit`);
    expect(trail.body.items).toMatchObject([
      { after: { parties: { items: [{ organizationId: twin }, { organizationId: other }] } } },
    ]);
  });

  it('is followed to the last, in whatever order it is told, also after everything was told again', async () => {
    const [first, second, third] = [newId(), newId(), newId()];
    const path = await mou(first);
    const later = service.wire.prepare(organizationMerged, tenant.id, second, {
      organizationId: second,
      survivorId: third,
    });
    await service.wire.send(later);
    await say(first, second);
    await untilParty(path, third);
    await service.wire.send(later);
    const project = await tenant.post('projects', { names: en('Plant'), parties: between(second) });
    expect(project).toMatchObject({ status: 201, body: { parties: { items: [{ organizationId: third }] } } });
    await service.restart();
    await untilParty(path, third);
    const rebuilt = await rebuildReadModel(await createApp(service.config), readModels, 'agreements.events');
    expect(rebuilt.tables).toContainEqual(
      expect.objectContaining({ table: 'merged_organization', added: 0, changed: 0, removed: 0 }),
    );
    expect(rebuilt.partitions.map(({ topic }) => topic)).toContain(organizationTopic.name);
    await untilParty(path, third);
  });

  it('is none to another tenant', async () => {
    const [twin, kept, marker] = [newId(), newId(), newId()];
    const stranger = service.tenant();
    const body = { type: 'mou', titles: en('Theirs'), parties: between(twin) };
    const theirs = `agreements/${String((await stranger.post('agreements', body)).body['id'])}`;
    const path = await mou(marker);
    await service.wire.say(organizationMerged, tenant.id, twin, { organizationId: twin, survivorId: kept });
    await say(marker, kept);
    await untilParty(path, kept);
    expect(await partiesOf(theirs, stranger)).toMatchObject([{ organizationId: twin }]);
    expect(service.wire.of(agreementCorrected)).toEqual([]);
  });
});
