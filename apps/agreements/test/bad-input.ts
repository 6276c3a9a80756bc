import { newId } from '@expo-accord/database';
import { openApiDocument } from '@expo-accord/http';
import fc from 'fast-check';
import { ArbitraryRequests, operationsOf } from '../../../test/support/arbitrary-requests';
import { type AgreementsService, type Tenant } from './agreements-service';
import { imported } from './imported';

const RUNS_EACH = 4;
const en = (text: string): object => ({ original: 'en', texts: { en: text } });
const parties = { completeness: 'exhaustive', items: [{ economy: 'CN' }, { economy: 'KR' }] };
const pledge = { text: en('To build it'), modality: 'will', responsible: parties };

/** One of each kind of resource, for the ids in the paths. */
async function oneOfEach(tenant: Tenant): Promise<string[]> {
  const created = async (path: string, body: object): Promise<string> => {
    const answer = await tenant.post(path, body);
    expect([path, answer.status]).toEqual([path, 201]);
    return String(answer.body['id']);
  };
  const past = { type: 'treaty', titles: en('Treaty'), parties, historical: true };
  const agreement = await created('agreements', { ...past, status: 'inForce' });
  const commitment = await created('commitments', { ...pledge, agreementId: agreement });
  const line = JSON.stringify({ names: en('Plant'), externalRefs: [{ system: 's', id: '1' }] });
  return [
    agreement,
    await created('agreements', { ...past, status: 'agreed' }),
    await created('outcome-documents', { type: 'minutes', titles: en('Minutes') }),
    commitment,
    await created(`commitments/${commitment}/assessments`, { outcome: 'noEvidence' }),
    await created(`agreements/${agreement}/amendments`, { summary: en('Wider'), effectiveOn: null }),
    (await imported(tenant, 'project', line)).job.id,
  ];
}

/** A failure tells the seed and the path by which fast-check finds it again. */
async function neverFails(service: AgreementsService): Promise<void> {
  const tenant = service.tenant();
  const document = openApiDocument(service.app, { title: 'Fuzzed' });
  const requests = new ArbitraryRequests(document, await oneOfEach(tenant));
  const operations = operationsOf(document).filter(({ path }) => path.startsWith('/v1/'));
  expect(operations.length).toBeGreaterThan(40);
  const seed = Date.now() % 2 ** 31;
  process.stderr.write(`Requests made from the seed ${seed}\n`);
  for (const operation of operations) {
    const { method } = operation;
    const property = fc.asyncProperty(requests.of(operation), async ({ path, contentType, body }) => {
      const headers = { 'content-type': contentType, 'if-match': '"1"' };
      const sent = method === 'GET' ? {} : { body: Buffer.from(body) };
      const answer = await tenant.call(method as 'GET', path.slice('/v1/'.length), { ...sent, headers });
      expect(answer.status).toBeLessThan(500);
      if (answer.status < 400) return;
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      for (const { pointer } of (answer.body['errors'] ?? []) as { pointer: string }[]) {
        expect(pointer).toMatch(/^(\/|$)/);
      }
    });
    await fc.assert(property, { seed, numRuns: RUNS_EACH, endOnFailure: true });
  }
}

const plant = { names: en('Plant') };
const treaty = { type: 'treaty', titles: en('Treaty'), parties };
const money = (given: object): object => ({ qualifier: 'exact', value: '1', currency: 'CNY', ...given });
const nobody = newId();

/** What is sent where, and what is said of which field. `A` is a treaty signed on 2020-09-03, which `B` supersedes. */
const refusals: [string, (a: string, b: string) => [string, object], number, string, string][] = [
  [
    'a negative investment',
    () => ['projects', { ...plant, investment: money({ value: '-1' }) }],
    422,
    '/investment/value',
    'negative',
  ],
  [
    'an unknown currency',
    () => ['projects', { ...plant, investment: money({ currency: 'XXY' }) }],
    422,
    '/investment/currency',
    'currency-unknown',
  ],
  [
    'an agreement over an unknown currency',
    () => ['agreements', { ...treaty, amounts: [money({ currency: 'XXY' })] }],
    422,
    '/amounts/0/currency',
    'currency-unknown',
  ],
  ['an agreement of nobody', () => ['agreements', { ...treaty, parties: undefined }], 422, '/parties', 'required'],
  [
    'a party that is none',
    () => ['agreements', { ...treaty, parties: { completeness: 'exhaustive', items: [null] } }],
    422,
    '/parties/items/0',
    'nested-validation',
  ],
  ['a consent of nobody', (a) => [`agreements/${a}/consents`, { kind: 'ratified' }], 422, '/party', 'required'],
  [
    'a commitment of nobody',
    () => ['commitments', { ...pledge, responsible: undefined }],
    422,
    '/responsible',
    'required',
  ],
  [
    'a signatory for a party that is none',
    (a) => [`agreements/${a}/consents`, { party: { economy: 'US' }, kind: 'ratified' }],
    422,
    '/party',
    'not-a-party',
  ],
  ...['projects', 'agreements', 'commitments', 'outcome-documents'].map((path): (typeof refusals)[number] => [
    `an event not yet known in ${path}`,
    () => [
      path,
      {
        ...({ projects: plant, agreements: treaty, commitments: pledge }[path] ?? {
          type: 'minutes',
          titles: en('Minutes'),
        }),
        eventId: nobody,
      },
    ],
    404,
    '/eventId',
    'event-not-yet-known',
  ]),
  [
    'what is due before the signing',
    (a) => ['commitments', { ...pledge, agreementId: a, due: { edtf: '2020-09-02' } }],
    422,
    '/due',
    'due-before-signing',
  ],
  [
    'a circular supersession',
    (a, b) => [
      'agreements',
      {
        ...treaty,
        links: [
          { kind: 'supersedes', agreementId: b },
          { kind: 'supersededBy', agreementId: a },
        ],
      },
    ],
    422,
    '/links/1/agreementId',
    'supersession-circular',
  ],
];

async function rowsOf(service: AgreementsService, tenantId: string): Promise<object> {
  const tables = ['agreement', 'project', 'commitment', 'outcome_document', 'audit_entry', 'agreement_supersession'];
  const counts = tables.map((table) => `(SELECT count(*)::int FROM ${table} WHERE tenant_id = $1) AS ${table}`);
  return (await service.database.query<object>(`SELECT ${counts.join()}`, [tenantId]))[0] ?? {};
}

async function namesTheField(service: AgreementsService): Promise<void> {
  const tenant = service.tenant();
  const entered = async (given: object): Promise<string> =>
    String((await tenant.post('agreements', { ...treaty, historical: true, ...given })).body['id']);
  const a = await entered({ status: 'signed', signedOn: { edtf: '2020-09-03' } });
  const b = await entered({ status: 'inForce', links: [{ kind: 'supersedes', agreementId: a }] });
  const before = await rowsOf(service, tenant.id);
  const answered: unknown[] = [];
  for (const [what, request] of refusals) {
    const { status, headers, body } = await tenant.post(...request(a, b));
    const errors = (body['errors'] ?? []) as { pointer: string; code: string }[];
    answered.push([
      what,
      status,
      headers.get('retry-after'),
      ...errors.flatMap(({ pointer, code }) => [pointer, code]),
    ]);
  }
  const retry = (status: number): string | null => (status === 404 ? '1' : null);
  expect(answered).toEqual(refusals.map(([what, , status, ...field]) => [what, status, retry(status), ...field]));
  expect(await rowsOf(service, tenant.id)).toEqual(before);
}

export function describeBadInput(service: () => AgreementsService): void {
  it('names the field of what it refuses, and writes nothing', async () => namesTheField(service()));
  it(
    'answers whatever it is sent with what was asked for or with a problem, and never with a 5xx',
    async () => neverFails(service()),
    300_000,
  );
}
