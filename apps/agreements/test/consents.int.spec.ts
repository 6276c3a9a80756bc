import { agreementConsentGiven } from '@expo-accord/contracts';
import { eventually } from '../../../test/support/eventually';
import { AgreementsService, type Tenant } from './agreements-service';
import { en, idOf, instruments, three, TreatyDesk } from './treaty-desk';
import { describeWithdrawnConsents } from './withdrawn-consents';

describe('consents and entry into force', () => {
  let service: AgreementsService;
  let tenant: Tenant;
  let desk: TreatyDesk;

  beforeAll(async () => {
    service = await AgreementsService.start();
    tenant = service.tenant();
    desk = new TreatyDesk(service, tenant);
  });

  afterAll(async () => {
    await service.stop();
  });

  it('enters into force on the consent that the rule waits for, and says so once', async () => {
    const path = await desk.signed(instruments('2'));
    const first = await desk.ratify(path, 'KR', '2020-07-20');
    expect([first.body['status'], first.headers.get('location')]).toEqual(['signed', `/v1/${path}/consents`]);
    const { body } = await desk.ratify(path, 'CN', '2020-07-10');
    expect(body).toMatchObject({ status: 'inForce', inForceOn: { edtf: '2020-07-20' } });
    expect((await desk.ratify(path, 'JP', '2021-01-01')).body).toMatchObject({ status: 'inForce' });
    await desk.settled(path);
    expect(desk.entries(path)).toMatchObject([
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
    expect(await desk.trail(path)).toEqual([
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
    const paths = await Promise.all(Array.from({ length: 6 }, () => desk.signed(instruments('2'))));
    await Promise.all(paths.flatMap((path) => ['CN', 'KR', 'JP'].map((economy) => desk.ratify(path, economy))));
    for (const path of paths) {
      expect((await tenant.get(path)).body).toMatchObject({ status: 'inForce' });
      await desk.settled(path);
      expect(desk.entries(path)).toHaveLength(1);
      expect((await desk.trail(path)).filter((action) => action === 'enter-into-force')).toHaveLength(1);
      expect((await tenant.get(`${path}/audit/verification`)).body).toMatchObject({ sound: true });
    }
  });

  it('enters into force on signature, and with all instruments of many parties where no number is given', async () => {
    const onSignature = await desk.agreed({ rule: 'onSignature' });
    const { body } = await tenant.post(`${onSignature}/sign`, { on: { edtf: '2020-06' } });
    expect(body).toMatchObject({ status: 'inForce', signedOn: { edtf: '2020-06' }, inForceOn: { edtf: '2020-06' } });
    const economies = ['CN', 'KR', 'JP', 'HK', 'VN', 'SG', 'MY', 'TH', 'ID', 'PH', 'NZ', 'AU'];
    const items = [...economies.map((economy) => ({ economy })), { economy: 'CH', role: 'witness' }];
    const many = await desk.signed({ rule: 'onInstruments' }, items);
    const answers = [];
    for (const economy of economies) answers.push((await desk.ratify(many, economy)).body['status']);
    expect(answers).toEqual([...economies.slice(1).map(() => 'signed'), 'inForce']);
  });

  it('enters into force on the day that lies ahead, once, whoever looks', async () => {
    const path = await desk.signed({ rule: 'onInstruments', daysAfter: 30 }, three.slice(0, 2));
    await desk.ratify(path, 'CN', '2999-01-01');
    expect((await desk.ratify(path, 'KR', '2999-01-05')).body).toMatchObject({ status: 'signed' });
    expect((await tenant.get(`${path}/consents`)).body).toMatchObject({ needed: 2, given: 2, entersOn: '2999-02-04' });
    await desk.enterAt('2999-02-03T23:59:59Z');
    expect((await tenant.get(path)).body).toMatchObject({ status: 'signed' });
    await desk.enterAt('2999-02-04T00:00:00Z', 4);
    expect((await tenant.get(path)).body).toMatchObject({ status: 'inForce', inForceOn: { edtf: '2999-02-04' } });
    await desk.enterAt('2999-02-05T00:00:00Z');
    await desk.settled(path);
    expect(desk.entries(path)).toMatchObject([{ data: { occurredOn: { edtf: '2999-02-04' } } }]);
  });

  it('waits for no day any more once it is withdrawn', async () => {
    const path = await desk.signed({ rule: 'onDate', on: { edtf: '2998-01-01' } });
    expect((await tenant.get(`${path}/consents`)).body).toMatchObject({ entersOn: '2998-01-01', needed: null });
    await tenant.post(`${path}/withdraw`);
    await desk.enterAt('2998-02-01T00:00:00Z');
    expect((await tenant.get(path)).body).toMatchObject({ status: 'withdrawn' });
  });

  it.each([
    ['in the zone of its event', {}, '2990-12-31T15:00:00Z'],
    ['in the zone of its rule, whatever that of its event', { zone: 'Pacific/Honolulu' }, '2991-01-01T10:00:00Z'],
  ])('enters into force with the first instant of the day %s', async (_what, zone, instant) => {
    const startsAt = { local: '2020-09-03T09:00', zone: 'Asia/Seoul' };
    const eventId = await service.publishEvent(tenant.id, { startsAt });
    await eventually(async () =>
      (await tenant.get(`statistics?eventId=${eventId}`)).status === 200 ? true : undefined,
    );
    const path = await desk.signed({ rule: 'onDate', on: { edtf: '2991-01-01' }, ...zone }, three, { eventId });
    const entersAt = new Date(instant).toISOString();
    expect((await tenant.get(`${path}/consents`)).body).toMatchObject({ entersOn: '2991-01-01', entersAt });
    await desk.enterAt(new Date(Date.parse(instant) - 1).toISOString());
    expect((await tenant.get(path)).body).toMatchObject({ status: 'signed' });
    await desk.enterAt(instant);
    expect((await tenant.get(path)).body).toMatchObject({ status: 'inForce', inForceOn: { edtf: '2991-01-01' } });
    // There the day has come; where it is still the day before, it would wait.
    const late = await desk.agreed({ rule: 'onDate', on: { edtf: '2991-01-01' }, ...zone }, three, { eventId });
    service.clock.time = instant;
    expect((await tenant.post(`${late}/sign`)).body).toMatchObject({ status: 'inForce' });
    service.clock.time = undefined;
  });

  it('keeps the history of consents as history', async () => {
    const path = await desk.signed(instruments('1'));
    await desk.ratify(path, 'CN', '2020-08-01', { historical: true });
    const entered = await eventually(() => desk.entries(path)[0]);
    expect(entered.data).toMatchObject({ historical: true, occurredOn: { edtf: '2020-08-01' } });
    const scopes = ['agreements:read', 'agreements:write'];
    const body = { party: { economy: 'KR' }, kind: 'ratified', historical: true };
    expect((await tenant.call('POST', `${path}/consents`, { body, scopes })).status).toBe(403);
  });

  it('names who signed for which party', async () => {
    const path = await desk.agreed(null);
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
    const path = await desk.agreed(instruments('1'));
    const refused = await tenant.post(`${path}/${act}`, body);
    expect([refused.status, refused.body]).toMatchObject([status, problem]);
    expect((await tenant.get(path)).body).toMatchObject({ status: 'agreed', version: 3 });
    expect(await desk.trail(path)).toEqual(['created', 'negotiate', 'agree']);
  });

  it('refuses a consent given twice, one dated before the signing, and one of a witness', async () => {
    const path = await desk.signed(instruments('3'), [...three, { economy: 'CH', role: 'witness' }]);
    await desk.ratify(path, 'CN');
    expect((await desk.ratify(path, 'CN')).body).toMatchObject({ status: 409, code: 'consent-given' });
    const early = await desk.ratify(path, 'KR', '2020-05-31');
    expect(early.body['errors']).toMatchObject([{ pointer: '/on', code: 'dates-out-of-order' }]);
    expect((await desk.ratify(path, 'CH')).body['errors']).toMatchObject([{ pointer: '/party', code: 'not-a-party' }]);
    expect(await desk.trail(path)).toEqual(['created', 'negotiate', 'agree', 'sign', 'consent']);
  });

  describe('taken back', () => {
    describeWithdrawnConsents(() => ({ service, tenant, desk }));
  });
});
