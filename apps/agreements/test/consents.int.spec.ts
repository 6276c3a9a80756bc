import { agreementConsentGiven, agreementEnteredIntoForce, agreementProgressed } from '@expo-accord/contracts';
import { eventually } from '../../../test/support/eventually';
import { EntryIntoForceWorker } from '../src/entry-into-force/entry-into-force.worker';
import { AgreementsService, type Tenant } from './agreements-service';

const en = (text: string): object => ({ original: 'en', texts: { en: text } });
const three = [
  { economy: 'CN', name: en('China') },
  { economy: 'KR', name: en('Korea') },
  { economy: 'JP', name: en('Japan') },
];
const instruments = (value: string): object => ({
  rule: 'onInstruments',
  instruments: { qualifier: 'exact', value, unit: 'instrument' },
});

describe('consents and entry into force', () => {
  let service: AgreementsService;
  let tenant: Tenant;

  beforeAll(async () => {
    service = await AgreementsService.start();
    tenant = service.tenant();
  });

  afterAll(async () => {
    await service.stop();
  });

  async function agreed(entryIntoForce: object | null, items: object[] = three): Promise<string> {
    const parties = { completeness: 'exhaustive', items };
    const body = { type: 'treaty', titles: en('Treaty'), parties, ...(entryIntoForce && { entryIntoForce }) };
    const path = `agreements/${(await tenant.post('agreements', body)).body['id'] as string}`;
    for (const action of ['negotiate', 'agree']) expect((await tenant.post(`${path}/${action}`)).status).toBe(200);
    return path;
  }
  async function signed(...given: Parameters<typeof agreed>): Promise<string> {
    const path = await agreed(...given);
    expect((await tenant.post(`${path}/sign`, { on: { edtf: '2020-06-01' } })).status).toBe(200);
    return path;
  }
  const ratify = (path: string, economy: string, on = '2020-07-01', more: object = {}) =>
    tenant.post(`${path}/consents`, { party: { economy }, kind: 'ratified', on: { edtf: on }, ...more });
  const idOf = (path: string): string => path.slice('agreements/'.length);
  const entries = (path: string) => service.wire.of(agreementEnteredIntoForce, idOf(path));
  const trail = async (path: string): Promise<string[]> => {
    const { body } = await tenant.get<{ items: { action: string }[] }>(`${path}/audit`);
    return body.items.map(({ action }) => action);
  };
  /** Says one thing more, so that whatever was said before it has arrived. */
  async function settled(path: string): Promise<void> {
    expect((await tenant.post(`${path}/terminate`)).status).toBe(200);
    await eventually(() => service.wire.of(agreementProgressed, idOf(path)).at(-1));
  }

  it('enters into force on the consent that the rule waits for, and says so once', async () => {
    const path = await signed(instruments('2'));
    expect((await ratify(path, 'KR', '2020-07-20')).body).toMatchObject({ status: 'signed' });
    const { body } = await ratify(path, 'CN', '2020-07-10');
    expect(body).toMatchObject({ status: 'inForce', inForceOn: { edtf: '2020-07-20' } });
    expect((await ratify(path, 'JP', '2021-01-01')).body).toMatchObject({ status: 'inForce' });
    await settled(path);
    expect(entries(path)).toMatchObject([
      { data: { previousStatus: 'signed', status: 'inForce', occurredOn: { edtf: '2020-07-20' }, historical: false } },
    ]);
    expect(service.wire.of(agreementConsentGiven, idOf(path)).map(({ data }) => data)).toMatchObject([
      { status: 'signed', consent: { party: { economy: 'KR' }, kind: 'ratified', on: { edtf: '2020-07-20' } } },
      { status: 'signed', consent: { party: { economy: 'CN' } } },
      { status: 'inForce', consent: { party: { economy: 'JP' } } },
    ]);
    const { body: consents } = await tenant.get(`${path}/consents`);
    expect(consents).toMatchObject({
      needed: 2,
      given: 3,
      entersOn: null,
      items: [{ party: { economy: 'CN' } }, {}, {}],
    });
    expect(await trail(path)).toEqual([
      'created',
      'negotiate',
      'agree',
      'sign',
      'consent',
      'consent',
      'enter-into-force',
      'consent',
      'terminate',
    ]);
    expect(service.wire.violations()).toEqual([]);
  });

  it('enters into force once when the last consents come at once', async () => {
    const paths = await Promise.all(Array.from({ length: 6 }, () => signed(instruments('2'))));
    await Promise.all(paths.flatMap((path) => ['CN', 'KR', 'JP'].map((economy) => ratify(path, economy))));
    for (const path of paths) {
      expect((await tenant.get(path)).body).toMatchObject({ status: 'inForce' });
      await settled(path);
      expect(entries(path)).toHaveLength(1);
      expect((await trail(path)).filter((action) => action === 'enter-into-force')).toHaveLength(1);
      expect((await tenant.get(`${path}/audit/verification`)).body).toMatchObject({ sound: true });
    }
  });

  it('enters into force on signature, and with all instruments of many parties where no number is given', async () => {
    const onSignature = await agreed({ rule: 'onSignature' });
    const { body } = await tenant.post(`${onSignature}/sign`, { on: { edtf: '2020-06' } });
    expect(body).toMatchObject({ status: 'inForce', signedOn: { edtf: '2020-06' }, inForceOn: { edtf: '2020-06' } });
    const economies = ['CN', 'KR', 'JP', 'HK', 'VN', 'SG', 'MY', 'TH', 'ID', 'PH', 'NZ', 'AU'];
    const items = [...economies.map((economy) => ({ economy })), { economy: 'CH', role: 'witness' }];
    const many = await signed({ rule: 'onInstruments' }, items);
    const answers = [];
    for (const economy of economies) answers.push((await ratify(many, economy)).body['status']);
    expect(answers).toEqual([...economies.slice(1).map(() => 'signed'), 'inForce']);
  });

  it('enters into force on the day that lies ahead, once, whoever looks', async () => {
    const path = await signed({ rule: 'onInstruments', daysAfter: 30 }, three.slice(0, 2));
    await ratify(path, 'CN', '2999-01-01');
    expect((await ratify(path, 'KR', '2999-01-05')).body).toMatchObject({ status: 'signed' });
    expect((await tenant.get(`${path}/consents`)).body).toMatchObject({ needed: 2, given: 2, entersOn: '2999-02-04' });
    const worker = service.app.get(EntryIntoForceWorker);
    await worker.enterDue('2999-02-03');
    expect((await tenant.get(path)).body).toMatchObject({ status: 'signed' });
    await Promise.all(Array.from({ length: 4 }, () => worker.enterDue('2999-02-04')));
    expect((await tenant.get(path)).body).toMatchObject({ status: 'inForce', inForceOn: { edtf: '2999-02-04' } });
    await worker.enterDue('2999-02-05');
    await settled(path);
    expect(entries(path)).toMatchObject([{ data: { occurredOn: { edtf: '2999-02-04' } } }]);
  });

  it('waits for no day any more once it is withdrawn', async () => {
    const path = await signed({ rule: 'onDate', on: { edtf: '2998-01-01' } });
    expect((await tenant.get(`${path}/consents`)).body).toMatchObject({ entersOn: '2998-01-01', needed: null });
    await tenant.post(`${path}/withdraw`);
    await service.app.get(EntryIntoForceWorker).enterDue('2998-02-01');
    expect((await tenant.get(path)).body).toMatchObject({ status: 'withdrawn' });
  });

  it('keeps the history of consents as history', async () => {
    const path = await signed(instruments('1'));
    await ratify(path, 'CN', '2020-08-01', { historical: true });
    const entered = await eventually(() => entries(path)[0]);
    expect(entered.data).toMatchObject({ historical: true, occurredOn: { edtf: '2020-08-01' } });
    const scopes = ['agreements:read', 'agreements:write'];
    const body = { party: { economy: 'KR' }, kind: 'ratified', historical: true };
    expect((await tenant.call('POST', `${path}/consents`, { body, scopes })).status).toBe(403);
  });

  it('names who signed for which party', async () => {
    const path = await agreed(null);
    const signatories = [
      { party: { name: 'Korea' }, person: { texts: { ko: '김민수' }, order: 'familyFirst' }, post: en('Minister') },
      { party: { economy: 'JP' }, person: null },
    ];
    const { status, body } = await tenant.post(`${path}/sign`, { signatories });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      parties: { items: [{ economy: 'CN' }, { signatory: { post: en('Minister') } }, { signatory: { person: null } }] },
    });
  });

  it.each<[string, string, object, number, object]>([
    [
      'a signatory for a party that is none',
      'sign',
      {
        signatories: [
          { party: { economy: 'CN' }, person: null },
          { party: { economy: 'US' }, person: null },
        ],
      },
      422,
      { errors: [{ pointer: '/signatories/1/party', code: 'not-a-party' }] },
    ],
    ['signatories where nobody signs', 'withdraw', { signatories: [] }, 422, { errors: [{ pointer: '/signatories' }] }],
    [
      'a ratification before the signing',
      'consents',
      { party: { economy: 'CN' }, kind: 'ratified' },
      409,
      { code: 'action-not-allowed' },
    ],
    ['an entry into force before the signing', 'enter-into-force', {}, 409, { code: 'action-not-allowed' }],
    [
      'a consent of nobody in particular',
      'consents',
      { party: {}, kind: 'signed' },
      422,
      { errors: [{ pointer: '/party', code: 'party-ambiguous' }] },
    ],
    [
      'a consent of a stranger',
      'consents',
      { party: { economy: 'US' }, kind: 'signed' },
      422,
      { errors: [{ pointer: '/party', code: 'not-a-party' }] },
    ],
    [
      'a consent without a kind',
      'consents',
      { party: { economy: 'CN' } },
      422,
      { errors: [{ pointer: '/kind', code: 'required' }] },
    ],
  ])('refuses %s, and writes nothing', async (_what, act, body, status, problem) => {
    const path = await agreed(instruments('1'));
    const refused = await tenant.post(`${path}/${act}`, body);
    expect([refused.status, refused.body]).toMatchObject([status, problem]);
    expect((await tenant.get(path)).body).toMatchObject({ status: 'agreed', version: 3 });
    expect(await trail(path)).toEqual(['created', 'negotiate', 'agree']);
  });

  it('refuses a consent given twice, one dated before the signing, and one of a witness', async () => {
    const path = await signed(instruments('3'), [...three, { economy: 'CH', role: 'witness' }]);
    await ratify(path, 'CN');
    expect((await ratify(path, 'CN')).body).toMatchObject({ status: 409, code: 'consent-given' });
    const early = await ratify(path, 'KR', '2020-05-31');
    expect(early.body['errors']).toMatchObject([{ pointer: '/on', code: 'dates-out-of-order' }]);
    expect((await ratify(path, 'CH')).body['errors']).toMatchObject([{ pointer: '/party', code: 'not-a-party' }]);
    expect(await trail(path)).toEqual(['created', 'negotiate', 'agree', 'sign', 'consent']);
  });
});
