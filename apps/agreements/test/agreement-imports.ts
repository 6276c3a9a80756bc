import { agreementEnteredIntoForce, agreementRecorded, agreementTopic } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { until } from '../../../test/support/until';
import { agreementStatuses, isPublic } from '../src/agreements/agreement.rules';
import { type AgreementsService, type Tenant } from './agreements-service';
import { imported, type Job, type Result } from './imported';

const en = (text: string): object => ({ original: 'en', texts: { en: text } });
const parties = { completeness: 'exhaustive', items: [{ economy: 'CN' }, { economy: 'HK' }] };

function line(code: string, given: object = {}): string {
  const externalRefs = [{ system: 'archive', id: code }];
  return JSON.stringify({ externalRefs, type: 'treaty', titles: en(`Treaty ${code}`), parties, ...given });
}
const history = (code: string, status: string, given: object = {}): string =>
  line(code, { historical: true, status, ...given });
const inWords = ({ line: at, outcome, code, errors }: Result): string =>
  [at, outcome, code, errors?.map(({ pointer }) => pointer).join()].filter(Boolean).join(' ');

async function written(service: AgreementsService, tenantId: string): Promise<object> {
  const count = (table: string): string => `(SELECT count(*)::int FROM ${table} WHERE tenant_id = $1) AS ${table}`;
  const tables = ['agreement', 'audit_entry', 'external_ref_claim', 'agreement_supersession'].map(count).join();
  return (await service.database.query<object>(`SELECT ${tables}`, [tenantId]))[0] ?? {};
}

async function entersHistoryOnce(service: AgreementsService): Promise<void> {
  const tenant = service.tenant();
  const lines = agreementStatuses.map((status) => history(status, status, { signedOn: { edtf: '2015' } })).join('\n');
  const { job, results } = await imported(tenant, 'agreement', lines);
  expect(job).toMatchObject({ lines: agreementStatuses.length, created: agreementStatuses.length, refused: 0 });
  const { body } = await tenant.get<{ items: object[] }>('agreements?limit=500');
  expect(body.items).toMatchObject(
    agreementStatuses.map((status, at) => ({ id: results[at]?.agreementId, status, historical: true, version: 1 })),
  );
  const before = await written(service, tenant.id);
  const again = await imported(tenant, 'agreement', lines);
  expect(again.job).toMatchObject({ created: 0, skipped: agreementStatuses.length });
  const updated = await imported(tenant, 'agreement', lines, { query: '?onExisting=update' });
  expect(updated.job).toMatchObject({ created: 0, updated: 0, unchanged: agreementStatuses.length });
  const refused = await imported(tenant, 'agreement', lines, { query: '?onExisting=refuse' });
  expect(new Set(refused.results.map(({ code }) => code))).toEqual(new Set(['agreement-exists']));
  expect(await written(service, tenant.id)).toEqual(before);

  const told = agreementStatuses.filter((status) => isPublic(status, false));
  const heard = await until(
    () => service.wire.heard.filter(({ tenantId, topic }) => tenantId === tenant.id && topic === agreementTopic.name),
    ({ length }) => length >= told.length,
  );
  expect(heard.map(({ type, data }) => [type, data['status'], data['historical']])).toEqual(
    expect.arrayContaining(told.map((status) => [agreementRecorded.type, status, true])),
  );
  expect(heard).toHaveLength(told.length);
}

async function saysWhatBecameOfEachLine(service: AgreementsService): Promise<void> {
  const tenant = service.tenant();
  const link = (kind: string, agreementId: string): object => ({ links: [{ kind, agreementId }] });
  const [first] = (await imported(tenant, 'agreement', line('1', { type: 'mou' }))).results;
  const before = await written(service, tenant.id);
  const lines = [
    'not json',
    JSON.stringify({ type: 'mou', titles: en('No code'), parties }),
    line('2', { parties: { completeness: 'all', items: [{ economy: 'XX' }] } }),
    line('3', { amounts: [{ qualifier: 'exact', value: '1', currency: 'XXY' }] }),
    line('4', { eventId: newId() }),
    line('5', { status: 'signed' }),
    history('6', 'inForce', { signedOn: { edtf: '2016' }, inForceOn: { edtf: '2015' } }),
    line('7', link('supersedes', newId())),
    line('8', { colour: 'red' }),
    line('1', { type: 'mou', titles: en('Put right') }),
    line('1', { type: 'mou', titles: en('Too far'), status: 'inForce' }),
  ].join('\n');
  const { results } = await imported(tenant, 'agreement', lines, { query: '?onExisting=update' });
  expect(results.map(inWords)).toEqual([
    '1 refused unparsable',
    '2 refused external-ref-missing /externalRefs',
    '3 refused invalid /parties/items/0/economy,/parties/completeness',
    '4 refused invalid /amounts/0/currency',
    '5 refused event-not-yet-known /eventId',
    '6 refused status-needs-history /status',
    '7 refused dates-out-of-order /inForceOn',
    '8 refused agreement-unknown /links/0/agreementId',
    '9 refused invalid /colour',
    '10 updated',
    '11 refused action-not-allowed',
  ]);
  expect(await written(service, tenant.id)).toEqual({ ...before, audit_entry: 2 });
  const { body } = await tenant.get(`agreements/${String(first?.agreementId)}`);
  expect(body).toMatchObject({ titles: en('Put right'), status: 'draft', version: 2 });

  const circle = [
    history('A', 'inForce', link('supersedes', String(first?.agreementId))),
    line('1', { type: 'mou', titles: en('Put right') }),
  ];
  const [successor] = (await imported(tenant, 'agreement', circle.join('\n'))).results;
  const closing = line('1', { type: 'mou', ...link('supersedes', String(successor?.agreementId)) });
  const closed = await imported(tenant, 'agreement', closing, { query: '?onExisting=update' });
  expect(closed.results.map(inWords)).toEqual(['1 refused supersession-circular /links/0/agreementId']);
}

async function takesOneStepBesideACorrection(service: AgreementsService): Promise<void> {
  const tenant = service.tenant();
  const signed = { signedOn: { edtf: '2020-09-03' } };
  const [first] = (await imported(tenant, 'agreement', history('1', 'signed', signed))).results;
  const next = history('1', 'inForce', { ...signed, inForceOn: { edtf: '2020-10' } });
  const { job } = await imported(tenant, 'agreement', next, { query: '?onExisting=update' });
  expect(job).toMatchObject({ updated: 1 });
  const id = String(first?.agreementId);
  const audit = await tenant.get<{ items: { action: string }[] }>(`agreements/${id}/audit`);
  expect(audit.body.items.map(({ action }) => action)).toEqual(['created', 'changed', 'enter-into-force']);
  const entered = await until(
    () => service.wire.of(agreementEnteredIntoForce, id),
    ({ length }) => length > 0,
  );
  expect(entered).toMatchObject([{ data: { historical: true, occurredOn: { edtf: '2020-10' } } }]);
}

async function rehearsesAndAsksForTheScope(service: AgreementsService): Promise<void> {
  const tenant = service.tenant();
  const lines = [history('1', 'signed'), line('2'), history('1', 'signed')].join('\n');
  const { job, results } = await imported(tenant, 'agreement', lines, { query: '?dryRun=true' });
  expect(job).toMatchObject({ created: 2, skipped: 1 });
  expect(results[0]).toMatchObject({ outcome: 'created', agreementId: null });
  const scopes = ['agreements:read', 'agreements:write'];
  const unscoped = await imported(tenant, 'agreement', lines, { scopes });
  expect(unscoped.results.map(inWords)).toEqual([
    '1 refused scope-missing /historical',
    '2 created',
    '3 refused scope-missing /historical',
  ]);
  expect(await written(service, tenant.id)).toMatchObject({ agreement: 1, audit_entry: 1, external_ref_claim: 1 });
  const stranger = service.tenant();
  for (const path of ['', '/results']) {
    expect((await stranger.get(`agreement-imports/${job.id}${path}`)).status).toBe(404);
  }
  expect((await tenant.get(`project-imports/${job.id}`)).status).toBe(404);
  expect((await tenant.get('agreement-imports?ref=a:b')).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/ref', code: 'unknown-field' }],
  });
}

async function readsASpreadsheet(service: AgreementsService): Promise<void> {
  const tenant = service.tenant();
  const file = [
    'externalRefs.0.system,externalRefs.0.id,type,titles.original,titles.texts.en,parties.completeness,' +
      'parties.items.0.economy,parties.items.1.economy,parties.items.1.signatory.person.texts.ko,' +
      'parties.items.1.signatory.person.order,binding,historical,status,signedOn.edtf,' +
      'entryIntoForce.rule,entryIntoForce.daysAfter,amounts.0.qualifier,amounts.0.lower,amounts.0.inclusive,amounts.0.currency',
    'sheet,1,treaty,en,"Treaty, as signed",exhaustive,CN,KR,김민수,familyFirst,TRUE,true,signed,2015-06-01,' +
      'onInstruments,60,moreThan,12.50,false,USD',
    'sheet,2,mou,en,Memorandum,exhaustive,CN,HK,,,maybe,true,signed,2020,,,,,,',
  ].join('\r\n');
  const headers = { 'content-type': 'text/csv' };
  const { results } = await imported(tenant, 'agreement', file, { headers });
  expect(results.map(inWords)).toEqual(['2 created', '3 refused invalid /binding']);
  const { body } = await tenant.get(`agreements/${String(results[0]?.agreementId)}`);
  expect(body).toMatchObject({
    binding: true,
    historical: true,
    status: 'signed',
    entryIntoForce: { rule: 'onInstruments', daysAfter: 60 },
    amounts: [{ qualifier: 'moreThan', lower: '12.50', inclusive: false, currency: 'USD' }],
    parties: { items: [{ economy: 'CN' }, { signatory: { person: { texts: { ko: '김민수' } } } }] },
  });
  const wrong = await tenant.call('POST', 'agreements/imports', { body: 'colour\r\nred', headers });
  expect(wrong.body).toMatchObject({ status: 422, errors: [{ pointer: '/colour', code: 'unknown-field' }] });
}

/** Sends 1,001 lines, of which a thousand are kept, and leaves it at that. */
function beginUpload(tenant: Tenant): { body: ReadableStreamDefaultController<Uint8Array>; sent: Promise<Response> } {
  let body!: ReadableStreamDefaultController<Uint8Array>;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      body = controller;
    },
  });
  body.enqueue(Buffer.from(Array.from({ length: 1_001 }, (_, at) => `${line(String(at))}\n`).join('')));
  const headers = { 'content-type': 'application/x-ndjson' };
  return { body, sent: tenant.fetch('POST', 'agreements/imports', { body: stream, headers }) };
}

async function keepsLinesAsTheyCome(service: AgreementsService): Promise<void> {
  const tenant = service.tenant();
  const receiving = async (): Promise<Job> => {
    const jobs = await until(
      async () => (await tenant.get<{ items: Job[] }>('agreement-imports')).body.items,
      (items) => items.some(({ status, lines }) => status === 'receiving' && lines === 1_000),
    );
    return jobs.at(-1) as Job;
  };
  const jobOf = async ({ id }: Job) => (await tenant.get<Job>(`agreement-imports/${id}`)).body;
  const left = async ({ id }: Job): Promise<number> =>
    (await service.database.query('SELECT 1 FROM import_line WHERE import_id = $1', [id])).length;

  const broken = beginUpload(tenant);
  const brokenJob = await receiving();
  broken.body.error(new Error('The sender went away.'));
  await expect(broken.sent).rejects.toThrow();
  await until(
    async () => (await jobOf(brokenJob)).status,
    (status) => Number(status) === 404,
  );
  expect(await left(brokenJob)).toBe(0);

  const orphan = beginUpload(tenant);
  const orphanJob = await receiving();
  await service.database.query(`UPDATE import_job SET updated_at = now() - interval '1 hour' WHERE id = $1`, [
    orphanJob.id,
  ]);
  await until(
    () => jobOf(orphanJob),
    ({ status }) => status === 'failed',
  );
  orphan.body.close();
  expect(await (await orphan.sent).json()).toMatchObject({ status: 409, code: 'import-ended' });
  expect([(await jobOf(orphanJob)).status, await left(orphanJob)]).toEqual(['failed', 0]);
}

export function describeAgreementImports(service: () => AgreementsService): void {
  it('enters agreements of the past at any status, once however often they are sent', async () =>
    entersHistoryOnce(service()));

  it('says of each line what became of it and which field was wrong, and leaves nothing of one that was refused', async () =>
    saysWhatBecameOfEachLine(service()));

  it('takes the one step that a line sent again asks for, beside a correction that changes no status', async () =>
    takesOneStepBesideACorrection(service()));

  it('rehearses without a trace, and takes history of nobody without the scope', async () =>
    rehearsesAndAsksForTheScope(service()));

  it('keeps lines as they come in, in no transaction that a slow sender could hold open', async () =>
    keepsLinesAsTheyCome(service()));

  it('reads a spreadsheet’s file: parties, flags, numbers and money in columns', async () =>
    readsASpreadsheet(service()));
}
