import {
  agreementAmended,
  agreementCorrected,
  agreementRenewed,
  agreementSuperseded,
  commitmentUndertaken,
} from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { eventually } from '../../../test/support/eventually';
import { AgreementsService, type Tenant } from './agreements-service';

const en = (text: string): object => ({ original: 'en', texts: { en: text } });
const parties = { completeness: 'exhaustive', items: [{ economy: 'CN' }, { economy: 'KR' }] };

describe('what becomes of an agreement later', () => {
  let service: AgreementsService;
  let tenant: Tenant;

  beforeAll(async () => {
    service = await AgreementsService.start();
    tenant = service.tenant();
  });

  afterAll(async () => {
    await service.stop();
  });

  async function inForce(given: object = {}): Promise<string> {
    const body = { type: 'treaty', titles: en('Joint plan'), parties, period: { edtf: '2016/2020' }, ...given };
    const created = await tenant.post('agreements', { signedOn: { edtf: '2016-01-10' }, ...body });
    const path = `agreements/${created.body['id'] as string}`;
    for (const action of ['negotiate', 'agree', 'sign', 'enter-into-force']) {
      expect((await tenant.post(`${path}/${action}`)).status).toBe(200);
    }
    return path;
  }
  const idOf = (path: string): string => path.slice('agreements/'.length);
  const statusOf = async (path: string): Promise<unknown> => (await tenant.get(path)).body['status'];
  const items = async (path: string): Promise<object[]> => (await tenant.get<{ items: object[] }>(path)).body.items;

  it('is an amendment: numbered, with what changed and from when', async () => {
    const path = await inForce();
    const first = await tenant.post(`${path}/amendments`, {
      summary: en('Green growth is added'),
      changes: { titles: { texts: { en: 'Joint green plan' } }, period: { edtf: '2016/2021' } },
      agreedOn: { edtf: '2018-05' },
      effectiveOn: { edtf: '2018-07-01' },
      reason: 'Protocol of 2018',
    });
    expect([first.status, first.body]).toMatchObject([201, { number: 1, effectiveOn: { edtf: '2018-07-01' } }]);
    expect(first.headers.get('location')).toBe(`/v1/amendments/${String(first.body['id'])}`);
    expect((await tenant.get(`amendments/${String(first.body['id'])}`)).body).toEqual(first.body);
    expect((await service.tenant().get(`amendments/${String(first.body['id'])}`)).status).toBe(404);
    const second = { summary: en('A third area'), effectiveOn: null };
    expect((await tenant.post(`${path}/amendments`, second)).body).toMatchObject({ number: 2, changed: [] });
    expect(await items(`${path}/amendments`)).toMatchObject([
      {
        number: 1,
        changed: [
          { pointer: '/period', before: { edtf: '2016/2020' }, after: { edtf: '2016/2021' } },
          { pointer: '/titles', before: en('Joint plan'), after: en('Joint green plan') },
        ],
      },
      { number: 2, effectiveOn: null },
    ]);
    expect((await tenant.get(path)).body).toMatchObject({ status: 'inForce', titles: en('Joint green plan') });
    const told = await eventually(() => service.wire.of(agreementAmended, idOf(path))[0]);
    expect(told.data).toMatchObject({
      status: 'inForce',
      previousStatus: 'inForce',
      occurredOn: { edtf: '2018-05' },
      changed: ['/period/edtf', '/titles/texts/en'],
      amendment: { number: 1, effectiveOn: { edtf: '2018-07-01' }, summary: en('Green growth is added') },
    });
    expect(await items(`${path}/audit?action=amend`)).toMatchObject([{ reason: 'Protocol of 2018' }, {}]);
  });

  it('is a correction, which is none of the others and changes no status', async () => {
    const path = await inForce();
    const headers = { 'if-match': '"5"' };
    expect((await tenant.call('PATCH', path, { body: { period: { edtf: '2015/2020' } }, headers })).status).toBe(200);
    expect(await items(`${path}/amendments`)).toEqual([]);
    expect(await items(`${path}/renewals`)).toEqual([]);
    expect(await items(`${path}/audit?action=changed`)).toMatchObject([
      { before: { period: { edtf: '2016/2020' } }, after: { period: { edtf: '2015/2020' }, status: 'inForce' } },
    ]);
    const told = await eventually(() => service.wire.of(agreementCorrected, idOf(path))[0]);
    expect(told.data).toMatchObject({ status: 'inForce', previousStatus: 'inForce', changed: ['/period/edtf'] });
  });

  it('is a renewal, for another period', async () => {
    const path = await inForce();
    const renewal = { period: { edtf: '2021/2025' }, effectiveOn: { edtf: '2021-01-01' }, agreedOn: { edtf: '2020' } };
    const renewed = await tenant.post(`${path}/renewals`, renewal);
    expect(renewed.body).toMatchObject({ number: 1 });
    expect(renewed.headers.get('location')).toBe(`/v1/renewals/${String(renewed.body['id'])}`);
    expect((await tenant.get(`renewals/${String(renewed.body['id'])}`)).body).toEqual(renewed.body);
    expect((await tenant.get(`amendments/${String(renewed.body['id'])}`)).status).toBe(404);
    expect(await items(`${path}/renewals`)).toMatchObject([
      { number: 1, changed: [{ pointer: '/period', before: { edtf: '2016/2020' }, after: { edtf: '2021/2025' } }] },
    ]);
    const told = await eventually(() => service.wire.of(agreementRenewed, idOf(path))[0]);
    expect(told.data).toMatchObject({ status: 'inForce', renewal: { number: 1, period: { edtf: '2021/2025' } } });
  });

  it('is numbered without gaps when several come at once', async () => {
    const path = await inForce();
    const amendment = { summary: en('One of many'), effectiveOn: null };
    await Promise.all(Array.from({ length: 8 }, () => tenant.post(`${path}/amendments`, amendment)));
    const numbers = (await items(`${path}/amendments?limit=3`)).map((item) => ('number' in item ? item.number : 0));
    expect(numbers).toEqual([1, 2, 3]);
    expect(await items(`${path}/amendments`)).toHaveLength(8);
  });

  it('is a supersession, of a part or of the whole', async () => {
    const [path, successor] = [await inForce(), await inForce()];
    const part = { supersededById: idOf(successor), part: en('Chapter 2'), on: { edtf: '2021-03-01' } };
    expect((await tenant.post(`${path}/supersede`, part)).body).toMatchObject({ status: 'inForce' });
    const whole = { supersededById: idOf(successor), on: { edtf: '2022-01-01' } };
    expect((await tenant.post(`${path}/supersede`, whole)).body).toMatchObject({
      status: 'superseded',
      endedOn: { edtf: '2022-01-01' },
    });
    const pair = { supersededId: idOf(path), supersedingId: idOf(successor), declaredById: idOf(path) };
    const both = [
      { ...pair, part: en('Chapter 2'), on: { edtf: '2021-03-01' } },
      { ...pair, part: null },
    ];
    expect(await items(`${path}/supersessions`)).toMatchObject(both);
    expect(await items(`${successor}/supersessions`)).toMatchObject(both);
    const told = await eventually(() => {
      const found = service.wire.of(agreementSuperseded, idOf(path));
      return found.length === 2 ? found : undefined;
    });
    expect(told.map(({ data }) => data)).toMatchObject([
      { status: 'inForce', supersession: { supersedingId: idOf(successor), part: en('Chapter 2') } },
      { status: 'superseded', previousStatus: 'inForce', supersession: { part: null } },
    ]);
    expect((await items(`${path}/audit`)).slice(-2)).toMatchObject([
      { action: 'supersede-in-part' },
      { action: 'supersede' },
    ]);
    expect(service.wire.of(commitmentUndertaken, idOf(path))).toEqual([]);
  });

  const refusals: [string, string, object, string, string][] = [
    ['an amendment that says nothing', 'amendments', { effectiveOn: null }, '/changes', 'required'],
    ['an amendment without a day', 'amendments', { summary: en('x') }, '/effectiveOn', 'required'],
    [
      'an amendment of what happened',
      'amendments',
      { changes: { signedOn: null }, effectiveOn: null },
      '/changes/signedOn',
      'not-amendable',
    ],
    [
      'an amendment to what cannot be',
      'amendments',
      { changes: { period: { edtf: 'soon' } }, effectiveOn: null },
      '/changes/period/edtf',
      'edtf-malformed',
    ],
    [
      'an amendment before the signing',
      'amendments',
      { summary: en('x'), effectiveOn: { edtf: '2015' } },
      '/effectiveOn',
      'dates-out-of-order',
    ],
    [
      'a renewal by what is unknown',
      'renewals',
      { period: null, effectiveOn: null, byAgreementId: newId() },
      '/byAgreementId',
      'agreement-unknown',
    ],
    ['a part superseded by nothing', 'supersede', { part: en('x') }, '/supersededById', 'required'],
    ['a part of an end', 'terminate', { part: en('x') }, '/part', 'only-to-supersede'],
  ];

  it.each(refusals)('refuses %s, and writes nothing', async (_what, act, body, pointer, code) => {
    const path = await inForce();
    const refused = await tenant.post(`${path}/${act}`, body);
    expect([refused.status, refused.body['errors']]).toMatchObject([422, [{ pointer, code }]]);
    expect((await tenant.get(path)).body).toMatchObject({ status: 'inForce', version: 5 });
    expect(await items(`${path}/audit`)).toHaveLength(5);
    expect(await items(`${path}/amendments`)).toEqual([]);
  });

  it('refuses a circle, by action, by links, over others, and to itself or to a draft', async () => {
    const [a, b, c] = [await inForce(), await inForce(), await inForce()];
    const by = (path: string): object => ({ supersededById: idOf(path) });
    await tenant.post(`${a}/supersede`, { ...by(b), part: en('Annex') });
    await tenant.post(`${b}/supersede`, by(c));
    for (const path of [a, b]) {
      const refused = await tenant.post(`${c}/supersede`, by(path));
      expect([refused.status, refused.body['errors']]).toMatchObject([
        422,
        [{ pointer: '/supersededById', code: 'supersession-circular' }],
      ]);
    }
    const links = [
      { kind: 'context', name: en('In the age of the FTA') },
      { kind: 'supersedes', agreementId: idOf(c) },
      { kind: 'supersededBy', agreementId: idOf(b), part: en('Annex') },
    ];
    const linked = await tenant.call('PATCH', a, { body: { links }, headers: { 'if-match': '"6"' } });
    expect(linked.body['errors']).toMatchObject([{ pointer: '/links/1/agreementId', code: 'supersession-circular' }]);
    expect((await tenant.post(`${c}/supersede`, by(c))).body['errors']).toMatchObject([{ code: 'link-to-itself' }]);
    const draft = await tenant.post('agreements', { type: 'mou', titles: en('Draft'), parties });
    const early = await tenant.post(`${c}/supersede`, { supersededById: draft.body['id'] });
    expect(early.body['errors']).toMatchObject([{ pointer: '/supersededById', code: 'agreement-not-public' }]);
    expect([await statusOf(c), (await tenant.get(c)).body['version']]).toEqual(['inForce', 5]);
  });

  it('refuses a circle that several make at once', async () => {
    for (let round = 0; round < 5; round++) {
      const ring = await Promise.all(Array.from({ length: 4 }, () => inForce()));
      const answers = await Promise.all(
        ring.map((path, at) =>
          tenant.post(`${path}/supersede`, { supersededById: idOf(ring[(at + 1) % ring.length] as string) }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 422]);
      const statuses = await Promise.all(ring.map(statusOf));
      expect(statuses.sort()).toEqual(['inForce', 'superseded', 'superseded', 'superseded']);
    }
  });

  it('keeps links of context, basis and promotion, to agreements that it knows', async () => {
    const consensus = await inForce({ type: 'meetingConsensus' });
    const links = [
      { kind: 'basis', agreementId: idOf(consensus) },
      { kind: 'context', name: en('In the age of the FTA'), certainty: 'stated' },
      { kind: 'promotes', name: en('RCEP'), by: { edtf: '2020-08-01/2020-12-31', asReported: 'within the year' } },
    ];
    const path = await inForce({ links });
    expect((await tenant.get(path)).body).toMatchObject({ links });
    const unknown = {
      type: 'mou',
      titles: en('x'),
      parties,
      links: [...links, { kind: 'basis', agreementId: newId() }],
    };
    const refused = await tenant.post('agreements', unknown);
    expect(refused.body['errors']).toMatchObject([{ pointer: '/links/3/agreementId', code: 'agreement-unknown' }]);
  });
});
