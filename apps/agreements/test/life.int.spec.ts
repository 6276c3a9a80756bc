import { until } from '../../../test/support/until';
import {
  agreementActions,
  agreementActs,
  agreementSteps,
  type AgreementStatus,
  agreementStatuses,
} from '../src/agreements/agreement.rules';
import { allowedActions } from '../src/lifecycle/lifecycle.rules';
import { AgreementsService, type Tenant } from './agreements-service';

const en = (text: string): object => ({ original: 'en', texts: { en: text } });
const parties = {
  completeness: 'exhaustive',
  items: [{ economy: 'CN' }, { economy: 'KR', consents: [{ kind: 'signed' }] }],
};
const kinds = [{ type: 'treaty', binding: true }, { type: 'mou', binding: false }, { type: 'unilateralPledge' }];
/** What is done without a step of its life, as a request. */
const acts = {
  'consent-by-signature': ['consents', { party: { economy: 'CN' }, kind: 'signed' }],
  consent: ['consents', { party: { economy: 'CN' }, kind: 'ratified' }],
  'withdraw-consent': ['withdraw-consent', { party: { economy: 'KR' }, kind: 'signed' }],
  amend: ['amendments', { summary: en('Wider'), effectiveOn: null }],
  renew: ['renewals', { period: { edtf: '2026/2030' }, effectiveOn: null }],
  'record-consent': ['consents', { party: { economy: 'CN' }, kind: 'ratified', historical: true }],
  'record-amendment': ['amendments', { summary: en('Wider'), effectiveOn: null, historical: true }],
  'record-renewal': ['renewals', { period: null, effectiveOn: null, historical: true }],
} as const;

describe('the life of an agreement over HTTP', () => {
  let service: AgreementsService;
  let tenant: Tenant;
  let successor: string;

  beforeAll(async () => {
    service = await AgreementsService.start();
    tenant = service.tenant();
    successor = await recorded('inForce', { type: 'treaty' });
  });

  afterAll(async () => {
    await service.stop();
  });

  async function recorded(status: AgreementStatus, given: object): Promise<string> {
    const body = { titles: en('Agreement'), parties, status, historical: true, ...given };
    const created = await tenant.post('agreements', body);
    expect([status, created.status, created.body['status']]).toEqual([status, 201, status]);
    return created.body['id'] as string;
  }

  const tables = [
    'agreement',
    'agreement_revision',
    'agreement_supersession',
    'audit_entry',
    'audit_chain',
    'message_stream',
  ];
  /** All rows that a step could write, and all messages that it could say. */
  async function everything(): Promise<object> {
    await until(
      () => service.database.query('SELECT 1 FROM outbox LIMIT 1'),
      (waiting) => waiting.length === 0,
    );
    const digest = (table: string): string =>
      `SELECT '${table}' AS name, count(*) AS rows, md5(string_agg(t::text, ',' ORDER BY t::text)) AS content FROM ${table} t`;
    return service.database.query(tables.map(digest).join(' UNION ALL '));
  }

  const every = agreementStatuses.flatMap((status) => kinds.map((kind) => ({ status, ...kind })));

  it.each(every)(
    'refuses every illegal step of a $type at $status, and writes nothing',
    async ({ status, ...kind }) => {
      const id = await recorded(status, kind);
      const before = await everything();
      const open = allowedActions(agreementSteps, status, kind);
      const refused = await Promise.all(
        agreementActions
          .filter((action) => !open.includes(action))
          .map(async (action) => [action, await tenant.post(`agreements/${id}/${action}`)] as const),
      );
      for (const [action, answer] of refused) {
        expect([action, answer.status]).toEqual([action, 409]);
        expect(answer.body).toMatchObject({ code: 'action-not-allowed', currentStatus: status, actions: open });
      }
      const may = allowedActions(agreementActs, status, kind);
      for (const [act, [path, body]] of Object.entries(acts)) {
        if (may.some((allowed) => allowed === act)) continue;
        const answer = await tenant.post(`agreements/${id}/${path}`, body);
        expect([act, answer.status, answer.body['code'], answer.body['actions']]).toEqual([
          act,
          409,
          'action-not-allowed',
          may,
        ]);
      }
      if (!may.includes('supersede-in-part')) {
        const body = { supersededById: successor, part: en('Chapter 2') };
        expect((await tenant.post(`agreements/${id}/supersede`, body)).status).toBe(409);
      }
      expect(await everything()).toEqual(before);
    },
  );

  it.each(every)(
    'takes every legal step of a $type at $status, and says where it leads',
    async ({ status, ...kind }) => {
      const id = await recorded(status, kind);
      for (const action of allowedActions(agreementSteps, status, kind)) {
        const { status: code, body } = await tenant.post(`agreements/${id}/${action}?dryRun=true`);
        const to = agreementSteps[action].find(
          ({ from, when }) => from.includes(status) && (when?.holds(kind) ?? true),
        )?.to;
        expect([action, code, body['status']]).toEqual([action, 200, to]);
      }
      for (const act of allowedActions(agreementActs, status, kind)) {
        if (act === 'supersede-in-part') continue;
        const [path, body] = acts[act];
        const { status: code } = await tenant.post(`agreements/${id}/${path}?dryRun=true`, body);
        expect([act, code]).toEqual([act, act === 'withdraw-consent' ? 200 : 201]);
      }
      expect((await tenant.get(`agreements/${id}`)).body).toMatchObject({ status, version: 1 });
    },
  );

  it.each<[string, object, string]>([
    ['in force before it was signed', { signedOn: { edtf: '2016' }, inForceOn: { edtf: '2015' } }, '/inForceOn'],
    ['signed before it was agreed', { agreedOn: { edtf: '2016' }, signedOn: { edtf: '2015' } }, '/signedOn'],
    ['ended before it was in force', { inForceOn: { edtf: '2016' }, endedOn: { edtf: '2015' } }, '/endedOn'],
  ])('takes no agreement that was %s, nor a correction to that', async (_what, dates, pointer) => {
    const body = { type: 'treaty', titles: en('Agreement'), parties, historical: true, status: 'terminated' };
    const refused = await tenant.post('agreements', { ...body, ...dates });
    expect([refused.status, refused.body['errors']]).toMatchObject([422, [{ pointer, code: 'dates-out-of-order' }]]);
    const id = await recorded('terminated', { type: 'treaty' });
    const before = await everything();
    const corrected = await tenant.call('PATCH', `agreements/${id}`, { body: dates, headers: { 'if-match': '"1"' } });
    expect([corrected.status, corrected.body['errors']]).toMatchObject([422, [{ pointer }]]);
    expect(await everything()).toEqual(before);
  });

  it('takes no step on a date before the one that it follows', async () => {
    const id = await recorded('signed', { type: 'treaty', signedOn: { edtf: '2020-09-03' } });
    const before = await everything();
    const refused = await tenant.post(`agreements/${id}/enter-into-force`, { on: { edtf: '2020-09-02' } });
    expect(refused.body['errors']).toMatchObject([{ pointer: '/on', code: 'dates-out-of-order' }]);
    expect(await everything()).toEqual(before);
  });

  it('is never changed by a correction', async () => {
    const rule = { rule: 'onSignature' };
    const id = await recorded('signed', { type: 'treaty', signedOn: { edtf: '2020-09-03' } });
    const headers = { 'if-match': '"1"' };
    const patch = { entryIntoForce: rule, inForceOn: { edtf: '2020-09-03' } };
    const { body } = await tenant.call('PATCH', `agreements/${id}`, { body: patch, headers });
    expect(body).toMatchObject({ status: 'signed', version: 2, entryIntoForce: rule });
    const status = { body: { status: 'inForce' }, headers: { 'if-match': '"2"' } };
    const refused = await tenant.call('PATCH', `agreements/${id}`, status);
    expect([refused.status, refused.body['errors']]).toMatchObject([422, [{ pointer: '/status' }]]);
  });
});
