import { agreementRecorded, commitmentAssessed, outcomeDocumentRecorded } from '@expo-accord/contracts';
import { AgreementsService, type Tenant } from './agreements-service';
import * as reports from './reports';
import { eventually } from '../../../test/support/eventually';

describe('the facts of the five reports', () => {
  let service: AgreementsService;
  let tenant: Tenant;
  let eventId: string;

  beforeAll(async () => {
    service = await AgreementsService.start();
    tenant = service.tenant();
    eventId = await service.publishEvent(tenant.id);
    await eventually(async () =>
      (await tenant.get(`statistics?eventId=${eventId}`)).status === 200 ? true : undefined,
    );
  });

  afterAll(async () => {
    await service.stop();
  });

  async function enter(path: string, body: object): Promise<string> {
    const created = await tenant.post(path, { ...body, eventId });
    expect({ path, status: created.status, errors: created.body['errors'] }).toMatchObject({ status: 201 });
    return created.body['id'] as string;
  }

  it.each([
    ['outcome-documents', 'the park mechanism', reports.firstParkMeeting],
    ['outcome-documents', 'the 24th committee', reports.committee24],
    ['agreements', 'the joint plan', reports.jointPlan],
    ['agreements', 'the memorandum of Jilin and Hong Kong', reports.jilinHongKong],
    ['commitments', 'the second park meeting', reports.secondMeeting],
    ['commitments', "Shandong's pledge", reports.shandongPledge],
    ['commitments', "Jiangsu's pledge", reports.jiangsuPledge],
    ['projects', "Kia's plant", reports.koreanPlants[0]],
  ])('%s: %s comes back as it was entered', async (path, _, body) => {
    const id = await enter(path, body ?? {});
    const { body: answer } = await tenant.get(`${path}/${id}`);
    expect(answer).toMatchObject({ ...body, eventId });
    expect(service.wire.violations()).toEqual([]);
  });

  it('tells of the consensus and the memorandum as history, and not of the plan that is still prepared', async () => {
    const plan = await enter('agreements', reports.jointPlan);
    const memorandum = await enter('agreements', reports.jilinHongKong);
    const document = await enter('outcome-documents', reports.committee24);
    const recorded = await eventually(() => service.wire.of(agreementRecorded, memorandum)[0]);
    expect(recorded.data).toMatchObject({
      historical: true,
      status: 'signed',
      signedOn: reports.jilinHongKong.signedOn,
      parties: [
        { economy: 'CN', role: 'party', organizationId: null },
        { economy: 'HK', role: 'party', organizationId: null },
      ],
    });
    const told = await eventually(() => service.wire.of(outcomeDocumentRecorded, document)[0]);
    expect(told.data.historical).toBe(true);
    expect(service.wire.about(plan)).toEqual([]);
  });

  it('keeps every assessment of the second meeting, and tells the latest', async () => {
    const outcomeDocumentId = await enter('outcome-documents', reports.firstParkMeeting);
    const id = await enter('commitments', { ...reports.secondMeeting, outcomeDocumentId });
    const path = `commitments/${id}/assessments`;
    expect((await tenant.post(path, { outcome: 'noEvidence' })).status).toBe(201);
    expect((await tenant.post(path, { outcome: 'partiallyMet' })).body['errors']).toMatchObject([
      { pointer: '/evidence', code: 'required' },
      { pointer: '/differs', code: 'required' },
    ]);
    const judged = {
      outcome: 'partiallyMet',
      assessedOn: { edtf: '2017-06' },
      evidence: [{ kind: 'news', title: 'Second meeting held' }],
      differs: { original: 'en', texts: { en: 'Held in China, but in 2017' } },
    };
    expect((await tenant.post(path, judged)).status).toBe(201);
    const { body } = await tenant.get<{ items: object[] }>(path);
    expect(body.items).toMatchObject([{ outcome: 'noEvidence' }, judged]);
    expect((await tenant.get(`commitments/${id}`)).body).toMatchObject({
      assessment: 'partiallyMet',
      outcomeDocumentId,
    });
    const messages = await eventually(() => {
      const assessed = service.wire.of(commitmentAssessed, id);
      return assessed.length === 2 ? assessed : undefined;
    });
    expect(messages.map(({ data }) => data.assessment)).toEqual(['noEvidence', 'partiallyMet']);
    const statements = [`UPDATE commitment_assessment SET outcome = 'met'`, 'DELETE FROM commitment_assessment'];
    for (const statement of [...statements, 'TRUNCATE commitment_assessment']) {
      await expect(service.database.query(statement)).rejects.toThrow('never changed or deleted');
    }
  });

  it('refuses a statement that mentions what its document does not explain', async () => {
    const { initiatives: _, ...unexplained } = reports.committee24;
    const refused = await tenant.post('outcome-documents', unexplained);
    expect(refused.status).toBe(422);
    const errors = refused.body['errors'] as { pointer: string; code: string }[];
    expect(errors).toHaveLength(5);
    expect(errors[0]).toMatchObject({
      pointer: '/areas/items/0/statements/items/0/mentions/0',
      code: 'mention-unexplained',
    });
  });

  it('shows a stranger neither documents nor commitments nor assessments', async () => {
    const document = await enter('outcome-documents', reports.committee24);
    const commitment = await enter('commitments', reports.secondMeeting);
    const stranger = service.tenant();
    for (const path of [
      `outcome-documents/${document}`,
      `commitments/${commitment}`,
      `commitments/${commitment}/assessments`,
    ]) {
      expect((await stranger.get(path)).status).toBe(404);
    }
    expect((await stranger.post(`commitments/${commitment}/assessments`, { outcome: 'noEvidence' })).status).toBe(404);
  });
});
