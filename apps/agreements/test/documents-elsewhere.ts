import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { newId } from '@expo-accord/database';
import { type AgreementsService, type Tenant } from './agreements-service';
import { type Document, type DocumentDesk, en, pdf, sha256 } from './document-desk';

interface Stage {
  service: AgreementsService;
  tenant: Tenant;
  desk: DocumentDesk;
}

const evidence = [{ kind: 'official', title: 'Minutes' }];

/** An outcome document and an assessment, with the trails that tell of their documents. */
async function owners(tenant: Tenant): Promise<{ path: string; idField: string; trail: string }[]> {
  const consensus = { type: 'meetingConsensus', titles: en('Consensus') };
  const adopted = String((await tenant.post('outcome-documents', consensus)).body['id']);
  const responsible = { completeness: 'exhaustive', items: [{ economy: 'KR' }] };
  const pledge = { text: en('Hold the second meeting'), modality: 'will', responsible };
  const pledged = String((await tenant.post('commitments', pledge)).body['id']);
  const judged = await tenant.post(`commitments/${pledged}/assessments`, { outcome: 'met', evidence });
  const assessed = String(judged.body['id']);
  return [
    { path: `outcome-documents/${adopted}`, idField: 'outcomeDocumentId', trail: `outcome-documents/${adopted}` },
    { path: `assessments/${assessed}`, idField: 'assessmentId', trail: `commitments/${pledged}` },
  ];
}

async function ofOthers({ service, tenant, desk }: Stage): Promise<void> {
  for (const { path, idField, trail } of await owners(tenant)) {
    const [id, pending] = [await desk.announceAt(path, pdf), await desk.announceAt(path, pdf)];
    const sent = await desk.send(id, pdf);
    const ids = { agreementId: null, outcomeDocumentId: null, assessmentId: null, [idField]: path.split('/')[1] };
    expect(sent).toMatchObject({ status: 200, body: { status: 'stored', ...ids } });
    const answer = await desk.open(id);
    expect(Buffer.from(await answer.arrayBuffer()).equals(pdf)).toBe(true);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/);
    const listed = await tenant.get<{ items: Document[] }>(`${path}/documents`);
    expect(listed.body.items.map((item) => item.id)).toEqual([id, pending]);
    const { body } = await tenant.get<{ items: object[] }>(`${trail}/audit?action=documentStored`);
    expect(body.items).toMatchObject([{ before: { id, status: 'pending' }, after: { id, status: 'stored' } }]);
    expect((await tenant.get(`${trail}/audit/verification`)).body).toMatchObject({ sound: true });
    expect(await tenant.call('DELETE', `documents/${id}`)).toMatchObject({
      status: 409,
      body: { code: 'document-immutable' },
    });
    expect((await tenant.call('DELETE', `documents/${pending}`)).status).toBe(204);
    const stranger = service.tenant();
    const given = { name: en('Text'), mediaType: 'application/pdf', sha256: sha256(pdf) };
    expect((await stranger.get(`${path}/documents`)).status).toBe(404);
    expect((await stranger.post(`${path}/documents`, given)).status).toBe(404);
    const elsewhere = `${path.split('/')[0] ?? ''}/${newId()}/documents`;
    expect((await tenant.post(elsewhere, given)).status).toBe(404);
  }
}

async function withoutStore({ service, tenant, desk }: Stage): Promise<void> {
  const agreementId = await desk.agreement();
  const [kept, announced] = [await desk.stored(agreementId), await desk.announce(agreementId, pdf)];
  const { url } = await tenant.addressed('');
  const ready = async (): Promise<unknown> => {
    const answer = await fetch(new URL('/health/ready', url));
    const { status, checks } = (await answer.json()) as { status: string; checks: { documents: string | null } };
    return [answer.status, status, checks.documents === null];
  };
  expect(await ready()).toEqual([200, 'ok', true]);
  const aside = `${service.documents}-${randomUUID()}`;
  await rename(service.documents, aside);
  await writeFile(service.documents, 'no folder');
  try {
    for (const answer of [await desk.send(announced, pdf), await desk.open(kept)]) {
      expect([answer.status, Number(answer.headers.get('retry-after'))]).toEqual([503, 5]);
    }
    expect((await tenant.get(`documents/${announced}`)).body).toMatchObject({ status: 'pending' });
    expect((await tenant.post(`agreements/${agreementId}/negotiate`)).status).toBe(200);
    expect(await ready()).toEqual([200, 'degraded', false]);
  } finally {
    await rm(service.documents);
    await rename(aside, service.documents);
  }
  expect(await ready()).toEqual([200, 'ok', true]);
  expect((await desk.send(announced, pdf)).status).toBe(200);
  expect((await desk.open(kept)).status).toBe(200);
}

export function describeDocumentsElsewhere(stage: () => Stage): void {
  it('belong to outcome documents and to the evidence of assessments as well, and stay there', async () =>
    ofOthers(stage()));
  it('are all that is unavailable while their store is, and the service is ready', async () => withoutStore(stage()));
}
