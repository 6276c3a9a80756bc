import { agreementAgreed, agreementCorrected, agreementProgressed, commitmentCorrected } from '@expo-accord/contracts';
import { AgreementsService, type Tenant } from './agreements-service';
import { eventually } from '../../../test/support/eventually';

const en = (text: string): object => ({ original: 'en', texts: { en: text } });
const sides = { completeness: 'exhaustive', items: [{ economy: 'CN' }, { economy: 'KR', role: 'coChair' }] };
const pledge = { text: en('To lower tariffs'), modality: 'will', responsible: sides };

describe('what is told of an agreement after it was agreed', () => {
  let service: AgreementsService;
  let tenant: Tenant;

  beforeAll(async () => {
    service = await AgreementsService.start();
    tenant = service.tenant();
  });

  afterAll(async () => {
    await service.stop();
  });

  async function agreement(...actions: string[]): Promise<string> {
    const created = await tenant.post('agreements', {
      type: 'freeTradeAgreement',
      titles: en('Free trade agreement'),
      parties: sides,
      amounts: [{ qualifier: 'atLeast', lower: '12.50', currency: 'USD' }],
      links: [{ kind: 'promotes', name: en('RCEP') }],
    });
    const id = created.body['id'] as string;
    for (const action of actions) expect((await tenant.post(`agreements/${id}/${action}`)).status).toBe(200);
    return id;
  }

  it('is every later step, with its own date and the status before', async () => {
    const id = await agreement('negotiate', 'agree', 'sign', 'await-entry');
    await tenant.post(`agreements/${id}/enter-into-force`, {
      on: { edtf: '2015-12-20' },
      reason: 'Both have ratified',
    });
    const progressed = await eventually(() => {
      const found = service.wire.of(agreementProgressed, id);
      return found.length === 2 ? found : undefined;
    });
    expect(progressed.map(({ data }) => [data.previousStatus, data.status, data.occurredOn])).toEqual([
      ['signed', 'awaitingEntry', null],
      ['awaitingEntry', 'inForce', { edtf: '2015-12-20' }],
    ]);
    expect(progressed[1]?.data).toMatchObject({
      amounts: [{ qualifier: 'atLeast', lower: '12.50', currency: 'USD' }],
      promotes: 'RCEP',
      parties: [{ role: 'party' }, { role: 'coChair' }],
    });
    expect((await tenant.get(`agreements/${id}`)).body).toMatchObject({ inForceOn: { edtf: '2015-12-20' } });
    const { body } = await tenant.get<{ items: { action: string; reason: string | null }[] }>(`agreements/${id}/audit`);
    expect(body.items.at(-1)).toMatchObject({ action: 'enter-into-force', reason: 'Both have ratified' });
  });

  it('is what takes its place, if that is known', async () => {
    const id = await agreement('negotiate', 'agree', 'sign', 'enter-into-force');
    const successor = await agreement('negotiate', 'agree');
    const unknown = await tenant.post(`agreements/${id}/supersede`, { supersededById: service.tenant().id });
    expect(unknown.body['errors']).toMatchObject([{ pointer: '/supersededById', code: 'agreement-unknown' }]);
    const { body } = await tenant.post(`agreements/${id}/supersede`, { supersededById: successor });
    expect(body).toMatchObject({ status: 'superseded', actions: [] });
    expect(body['links']).toContainEqual({ kind: 'supersededBy', agreementId: successor });
  });

  it('is its end, when it is given up after all', async () => {
    const id = await agreement('negotiate', 'agree', 'abandon');
    await eventually(() => service.wire.of(agreementProgressed, id)[0]);
    expect(service.wire.about(id).map(({ type }) => type)).toEqual([agreementAgreed.type, agreementProgressed.type]);
  });

  it('is a correction of it or of what it commits to', async () => {
    const id = await agreement('negotiate', 'agree');
    const patched = { body: { titles: { texts: { en: 'FTA' } } }, headers: { 'if-match': '"3"' } };
    expect((await tenant.call('PATCH', `agreements/${id}`, patched)).status).toBe(200);
    const commitment = (await tenant.post('commitments', { ...pledge, agreementId: id })).body['id'] as string;
    const later = { body: { due: { edtf: '2016' } }, headers: { 'if-match': '"1"' } };
    expect((await tenant.call('PATCH', `commitments/${commitment}`, later)).status).toBe(200);
    const corrected = await eventually(() => service.wire.of(agreementCorrected, id)[0]);
    expect(corrected.data.titles.texts['en']).toBe('FTA');
    const due = await eventually(() => service.wire.of(commitmentCorrected, commitment)[0]);
    expect(due).toMatchObject({ sequence: 2, data: { due: { edtf: '2016' } } });
  });

  it('takes no commitment that was due before it was undertaken or signed', async () => {
    const parties = { completeness: 'illustrative', items: [] };
    const signed = { type: 'mou', titles: en('MoU'), parties, historical: true, status: 'signed' };
    const { body } = await tenant.post('agreements', { ...signed, signedOn: { edtf: '2020-09-03' } });
    const given = {
      ...pledge,
      agreementId: body['id'],
      undertakenOn: { edtf: '2020-09' },
      due: { edtf: '2020-09-02' },
      milestones: [{ text: en('A step'), due: { edtf: '2020-08' } }],
    };
    expect((await tenant.post('commitments', given)).body).toMatchObject({
      status: 422,
      errors: [
        { pointer: '/due', code: 'due-before-signing' },
        { pointer: '/milestones/0/due', code: 'due-before-undertaken' },
        { pointer: '/milestones/0/due', code: 'due-before-signing' },
      ],
    });
    const kept = await tenant.get<{ items: object[] }>(`commitments?agreementId=${String(body['id'])}`);
    expect(kept.body.items).toEqual([]);
    expect((await tenant.post('commitments', { ...pledge, dueZone: 'Mars/Olympus' })).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '/dueZone' }],
    });
  });

  it('leaves no commitment behind without its draft', async () => {
    const id = await agreement();
    await tenant.post('commitments', { ...pledge, agreementId: id });
    const refused = await tenant.call('DELETE', `agreements/${id}`, { headers: { 'if-match': '"1"' } });
    expect(refused.body).toMatchObject({ status: 409, code: 'has-commitments' });
  });
});
