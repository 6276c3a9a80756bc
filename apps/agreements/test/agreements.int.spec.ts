import { agreementAgreed, agreementRecorded, agreementSigned, agreementTopic } from '@expo-accord/contracts';
import { schemaDifference } from '@expo-accord/database';
import { DataSource } from 'typeorm';
import { describeAgreementImports } from './agreement-imports';
import { AgreementsService, type Tenant } from './agreements-service';
import { describeBadInput } from './bad-input';
import { describeWhatIsCommittedTo } from './what-is-committed-to';
import { eventually } from '../../../test/support/eventually';

const en = (text: string): object => ({ original: 'en', texts: { en: text } });

const memorandum = (given: object = {}): object => ({
  type: 'mou',
  binding: false,
  titles: en('Memorandum on economic and trade cooperation'),
  parties: {
    completeness: 'exhaustive',
    items: [
      { name: en('Jilin Provincial Department of Commerce'), economy: 'CN', signatory: { person: null } },
      { name: en('Hong Kong Trade Development Council'), economy: 'HK' },
    ],
  },
  ...given,
});

describe('agreements over HTTP, PostgreSQL and Kafka', () => {
  let service: AgreementsService;
  let tenant: Tenant;

  beforeAll(async () => {
    service = await AgreementsService.start();
    tenant = service.tenant();
  });

  afterAll(async () => {
    await service.stop();
  });

  async function draft(given: object = {}): Promise<string> {
    const created = await tenant.post('agreements', memorandum(given));
    expect(created.status).toBe(201);
    return created.body['id'] as string;
  }

  it('leaves no difference between migrated schema and entities', async () => {
    expect(await schemaDifference(service.app.get(DataSource))).toEqual([]);
  });

  it('tells outsiders from agreed on, in order, with the status before', async () => {
    const id = await draft();
    const actions = ['negotiate', 'agree', 'sign'] as const;
    for (const action of actions) {
      const body =
        action === 'sign' ? { on: { edtf: '2020-09-03' }, ceremony: { heldOn: { edtf: '2020-09-03' } } } : {};
      expect((await tenant.post(`agreements/${id}/${action}`, body)).status).toBe(200);
    }
    const [agreed] = await eventually(() => {
      const steps = service.wire.about(id).filter(({ topic }) => topic === agreementTopic.name);
      return steps.length === 2 ? steps : undefined;
    });
    expect(agreed).toMatchObject({ type: agreementAgreed.type, sequence: 1, tenantId: tenant.id });
    const [signed] = service.wire.of(agreementSigned, id);
    expect(signed).toMatchObject({
      sequence: 2,
      data: {
        status: 'signed',
        previousStatus: 'agreed',
        historical: false,
        occurredOn: { edtf: '2020-09-03' },
        signedOn: { edtf: '2020-09-03' },
        url: `https://api.example.org/v1/agreements/${id}`,
      },
    });
    expect(service.wire.violations()).toEqual([]);
  });

  it('says nothing of what is given up before it was agreed, nor of its commitments', async () => {
    const id = await draft();
    const commitment = await tenant.post('commitments', {
      text: en('To deepen cooperation'),
      modality: 'agreed',
      responsible: { completeness: 'exhaustive', items: [{ economy: 'CN' }, { economy: 'HK' }] },
      agreementId: id,
    });
    expect(commitment.status).toBe(201);
    await tenant.post(`agreements/${id}/negotiate`);
    await tenant.post(`agreements/${id}/abandon`);
    // What comes after it has arrived, so what is not there was not sent.
    const later = await draft({ type: 'unilateralPledge' });
    await tenant.post(`agreements/${later}/agree`);
    await eventually(() => service.wire.about(later)[0]);
    expect(service.wire.about(id)).toEqual([]);
    expect(service.wire.about(commitment.body['id'] as string)).toEqual([]);
    const unsent = await service.database.query('SELECT 1 FROM message_stream WHERE source LIKE $1', [`%${id}`]);
    expect(unsent).toEqual([]);
  });

  it('refuses an illegal step, names those possible and changes nothing', async () => {
    const id = await draft();
    const refused = await tenant.post(`agreements/${id}/sign`);
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ code: 'action-not-allowed', actions: ['negotiate', 'abandon'] });
    expect((await tenant.get(`agreements/${id}`)).body).toMatchObject({ status: 'draft', version: 1 });
  });

  it('answers a dry run like the step itself and does nothing', async () => {
    const id = await draft();
    const rehearsed = await tenant.post(`agreements/${id}/negotiate?dryRun=true`);
    expect(rehearsed.body).toMatchObject({ status: 'negotiating', version: 2 });
    expect((await tenant.get(`agreements/${id}`)).body).toMatchObject({ status: 'draft', version: 1 });
  });

  it('records history at any status, for those with the scope, and says that it is history', async () => {
    const body = memorandum({
      status: 'signed',
      historical: true,
      signedOn: { edtf: '../2020-09-03', asReported: 'Before the conference' },
    });
    const scopes = ['agreements:read', 'agreements:write'];
    expect((await tenant.call('POST', 'agreements', { body, scopes })).status).toBe(403);
    const { body: recorded } = await tenant.post('agreements', body);
    expect(recorded['signedOn']).toEqual({ edtf: '../2020-09-03', asReported: 'Before the conference' });
    const message = await eventually(() => service.wire.of(agreementRecorded, recorded['id'] as string)[0]);
    expect(message.data).toMatchObject({ historical: true, status: 'signed', previousStatus: null });
  });

  it('corrects only the version that the caller has seen, and clears by null', async () => {
    const id = await draft({ ceremony: { place: en('Beijing') } });
    const patch = { ceremony: null, titles: { texts: { zh: '备忘录' } } };
    expect((await tenant.call('PATCH', `agreements/${id}`, { body: patch })).status).toBe(428);
    const stale = await tenant.call('PATCH', `agreements/${id}`, { body: patch, headers: { 'if-match': '"7"' } });
    expect(stale.status).toBe(412);
    const { body } = await tenant.call('PATCH', `agreements/${id}`, { body: patch, headers: { 'if-match': '"1"' } });
    expect(body).toMatchObject({ version: 2, titles: { original: 'en', texts: { zh: '备忘录' } } });
    expect(body).not.toHaveProperty('ceremony');
    const invalid = { body: { parties: { completeness: 'some' } }, headers: { 'if-match': '"2"' } };
    const refused = await tenant.call('PATCH', `agreements/${id}`, invalid);
    expect(refused.status).toBe(422);
    expect(refused.body['errors']).toMatchObject([{ pointer: '/parties/completeness' }]);
  });

  it('deletes drafts only, and keeps who did it', async () => {
    const id = await draft();
    const headers = { 'if-match': '"1"' };
    expect((await tenant.call('DELETE', `agreements/${id}`, { headers })).status).toBe(204);
    expect((await tenant.get(`agreements/${id}`)).status).toBe(404);
    const { body } = await tenant.get<{ items: { action: string; keyId: string; after: unknown }[] }>(
      `agreements/${id}/audit`,
    );
    expect(body.items.map(({ action }) => action)).toEqual(['created', 'deleted']);
    expect(body.items.every(({ keyId }) => keyId === tenant.keyId)).toBe(true);
    const negotiating = await draft();
    await tenant.post(`agreements/${negotiating}/negotiate`);
    const refused = await tenant.call('DELETE', `agreements/${negotiating}`, { headers: { 'if-match': '"2"' } });
    expect(refused.status).toBe(409);
  });

  it('lets nobody rewrite the audit trail', async () => {
    await draft();
    await expect(service.database.query('UPDATE audit_entry SET key_id = $1', ['x'])).rejects.toThrow('never changed');
    await expect(service.database.query('DELETE FROM audit_entry')).rejects.toThrow('never changed');
  });

  it('names an event that it does not know, and takes over what is simulated from one it knows', async () => {
    const unknown = await tenant.post('agreements', memorandum({ eventId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b' }));
    expect([unknown.status, unknown.headers.get('retry-after')]).toEqual([404, '1']);
    expect(unknown.body['errors']).toMatchObject([{ pointer: '/eventId', code: 'event-not-yet-known' }]);
    const eventId = await service.publishEvent(tenant.id, { synthetic: true });
    const created = await eventually(async () => {
      const answer = await tenant.post('agreements', memorandum({ eventId }));
      return answer.status === 201 ? answer : undefined;
    });
    expect(created.body).toMatchObject({ eventId, synthetic: true });
    const contradicted = await tenant.post('agreements', memorandum({ eventId, synthetic: false }));
    expect(contradicted.body['errors']).toMatchObject([{ code: 'synthetic-contradicts-event' }]);
  });

  it('finds by the own code of the caller, which only one can have', async () => {
    const externalRefs = [{ system: 'jilin', id: 'mou:1' }];
    const id = await draft({ externalRefs });
    const found = await tenant.get<{ items: { id: string }[] }>('agreements?ref=jilin:mou:1');
    expect(found.body.items.map((item) => item.id)).toEqual([id]);
    const again = await tenant.post('agreements', memorandum({ externalRefs }));
    expect(again.body).toMatchObject({ status: 409, code: 'external-ref-taken', id });
  });

  it('takes effect once under one idempotency key', async () => {
    const options = { body: memorandum(), headers: { 'idempotency-key': 'once' } };
    const first = await tenant.call('POST', 'agreements', options);
    const second = await tenant.call('POST', 'agreements', options);
    expect(second.body['id']).toBe(first.body['id']);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
  });

  it('shows a tenant nothing of another', async () => {
    const id = await draft({ externalRefs: [{ system: 'shared', id: '1' }] });
    const stranger = service.tenant();
    const headers = { 'if-match': '"1"' };
    expect((await stranger.get(`agreements/${id}`)).status).toBe(404);
    expect((await stranger.get(`agreements/${id}/audit`)).status).toBe(404);
    expect((await stranger.post(`agreements/${id}/negotiate`)).status).toBe(404);
    expect((await stranger.call('PATCH', `agreements/${id}`, { body: {}, headers })).status).toBe(404);
    expect((await stranger.call('DELETE', `agreements/${id}`, { headers })).status).toBe(404);
    expect((await stranger.get<{ items: unknown[] }>('agreements')).body.items).toEqual([]);
    expect((await stranger.get<{ items: unknown[] }>('agreements?ref=shared:1')).body.items).toEqual([]);
    const pledge = { text: en('x'), modality: 'will', responsible: { completeness: 'exhaustive', items: [] } };
    const attached = await stranger.post('commitments', { ...pledge, agreementId: id });
    expect(attached.body['errors']).toMatchObject([{ code: 'agreement-unknown' }]);
    const eventId = await service.publishEvent(tenant.id);
    await eventually(async () =>
      (await tenant.post('agreements', memorandum({ eventId }))).status === 201 ? true : undefined,
    );
    expect((await stranger.post('agreements', memorandum({ eventId }))).status).toBe(404);
  });

  describe('imported in bulk', () => {
    describeAgreementImports(() => service);
  });

  describe('and what they commit to', () => {
    describeWhatIsCommittedTo(() => ({ service, tenant }));
  });

  describeBadInput(() => service);
});
