import {
  agreementAgreed,
  agreementCorrected,
  agreementEnteredIntoForce,
  agreementProgressed,
  agreementRecorded,
  agreementStated,
  agreementStateTopic,
  agreementTopic,
  agreementWithheld,
  commitmentCorrected,
  toHeaders,
} from '@expo-accord/contracts';
import { AgreementCopy } from '../../../deploy/demo/agreement-copy';
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
      const found = [...service.wire.of(agreementProgressed, id), ...service.wire.of(agreementEnteredIntoForce, id)];
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
    const steps = service.wire.about(id).filter(({ topic }) => topic === agreementTopic.name);
    expect(steps.map(({ type }) => type)).toEqual([agreementAgreed.type, agreementProgressed.type]);
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
    expect(service.wire.of(agreementAgreed, id)[0]?.data).toMatchObject({ version: 3, changed: [] });
    expect(corrected.data).toMatchObject({ version: 4, changed: ['/titles/texts/en'] });
  });

  async function patched(id: string, version: number, body: object): Promise<void> {
    const answer = await tenant.call('PATCH', `agreements/${id}`, { body, headers: { 'if-match': `"${version}"` } });
    expect(answer.status).toBe(200);
  }

  it('is for latecomers how it stands now, which goes when it is kept back and comes again', async () => {
    const id = await agreement('negotiate', 'agree', 'sign');
    const commitment = (await tenant.post('commitments', { ...pledge, agreementId: id })).body['id'] as string;
    await patched(id, 4, { visibility: 'parties' });
    await patched(id, 5, { titles: { texts: { en: 'Between ourselves' } } });
    const silent = { body: { due: { edtf: '2016' } }, headers: { 'if-match': '"1"' } };
    expect((await tenant.call('PATCH', `commitments/${commitment}`, silent)).status).toBe(200);
    await patched(id, 6, { visibility: 'public', titles: { texts: { en: 'Published' } } });
    const states = await eventually(() => {
      const found = service.wire.about(id).filter(({ topic }) => topic === agreementStateTopic.name);
      return found.length === 4 ? found : undefined;
    });
    expect(states.map(({ text }) => text === '')).toEqual([false, false, true, false]);
    expect(states[1]?.data).toMatchObject({ status: 'signed', version: 4, inForceOn: null });
    expect(states[3]?.data).toMatchObject({ version: 7, titles: en('Published') });
    // On another topic than the states; what was said there before it has been heard with it.
    const recorded = await eventually(() => service.wire.of(agreementRecorded, id)[0]);
    expect(recorded.data).toMatchObject({ version: 7, changed: [] });
    const [withheld] = service.wire.of(agreementWithheld, id);
    expect(withheld?.data).toMatchObject({ version: 5, changed: ['/visibility'] });
    expect(JSON.stringify(service.wire.heard)).not.toContain('Between ourselves');
    expect(service.wire.of(commitmentCorrected, commitment)).toEqual([]);
    expect(service.wire.violations()).toEqual([]);
  });

  it('is enough for the example of a consumer to know all that is public, each message taken ten times', async () => {
    const ids = [await agreement('negotiate', 'agree', 'sign'), await agreement('negotiate'), await agreement()];
    await patched(ids[0] ?? '', 4, { titles: { texts: { en: 'Put right' } } });
    const isPublic = ({ status }: { status: string }): boolean => !['draft', 'negotiating'].includes(status);
    type Item = { id: string; status: string; version: number; titles: { original: string; texts: object } };
    const { body } = await tenant.get<{ items: Item[] }>('agreements?limit=500');
    const known = body.items.filter(isPublic).map(({ id, version, status, titles }) => {
      const { original, texts } = titles;
      return [`${tenant.id}/${id}`, { version, status, titles: { original, texts } }] as const;
    });
    const copied = await eventually(() => {
      const copy = new AgreementCopy();
      const records = service.wire.heard
        .filter(({ topic }) => topic === agreementTopic.name || topic === agreementStateTopic.name)
        .map((heard) => ({ headers: toHeaders(heard), value: heard.text === '' ? null : heard.text }));
      for (let time = 0; time < 10; time += 1) for (const record of records) copy.take(record);
      // Topics and partitions are heard at a pace of their own.
      const isUpToDate = known.every(([key, { version }]) => (copy.agreements.get(key)?.version ?? 0) >= version);
      return isUpToDate && copy.steps.get(`${tenant.id}/${ids[0] ?? ''}`)?.length === 3 ? copy : undefined;
    });
    expect(Object.fromEntries(copied.agreements)).toEqual(Object.fromEntries(known));
    expect(service.wire.of(agreementStated).length).toBeGreaterThan(0);
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

  it('stands in the register, page by page, in the reader’s language, and is not sent again to who has it', async () => {
    const [open, secret] = [await agreement('negotiate', 'agree', 'sign'), await agreement('negotiate', 'agree')];
    const draft = await agreement('negotiate');
    await patched(secret, 3, { visibility: 'internal' });
    const path = `register/${tenant.id}/agreements`;
    const listed = await tenant.call<{ items: { id: string }[] }>('GET', `${path}?limit=500`, {
      headers: { 'accept-language': 'ko, en' },
    });
    const ids = listed.body.items.map(({ id }) => id);
    expect(ids).toContain(open);
    expect(ids).not.toContain(secret);
    expect(ids).not.toContain(draft);
    expect(listed.body.items.at(-1)).toMatchObject({
      titles: { display: { tag: 'en', text: 'Free trade agreement' } },
      status: 'signed',
    });
    expect(listed.body.items.at(-1)).not.toHaveProperty('actions');
    expect(listed.headers.get('cache-control')).toBe('private, max-age=60');
    const etag = listed.headers.get('etag') ?? '';
    const again = await tenant.call('GET', `${path}?limit=500`, {
      headers: { 'accept-language': 'ko, en', 'if-none-match': etag },
    });
    expect([again.status, again.body]).toEqual([304, '']);
    const other = await tenant.call('GET', `${path}?limit=500`, { headers: { 'if-none-match': etag } });
    expect(other.status).toBe(200);
    const first = await tenant.get<{ nextCursor: string }>(`${path}?limit=1`);
    const second = await tenant.get<{ items: { id: string }[] }>(`${path}?limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body.items.map(({ id }) => id)).toEqual(ids.slice(1, 2));
    const anybody = { scopes: ['agreements:read', 'register:open'], headers: { accept: 'text/csv' } };
    const file = await tenant.call<string>('GET', path, anybody);
    expect(file.headers.get('cache-control')).toBe('public, max-age=60');
    const rows = file.body.split('\r\n');
    expect(rows[0]).toContain('id,type,status,signedOn.edtf,eventId,');
    expect(rows.slice(1, -1).map((row) => row.slice(0, 36))).toEqual(ids);
    expect((await service.tenant().get(path)).status).toBe(404);
  });
});
