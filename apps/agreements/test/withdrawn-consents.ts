import { agreementConsentWithdrawn } from '@expo-accord/contracts';
import { until } from '../../../test/support/until';
import { type AgreementsService, type Tenant } from './agreements-service';
import { en, idOf, instruments, type TreatyDesk } from './treaty-desk';

interface Stage {
  service: AgreementsService;
  tenant: Tenant;
  desk: TreatyDesk;
}

const takenBack = { party: { economy: 'KR' }, kind: 'ratified' };

async function waitsAgain({ service, tenant, desk }: Stage): Promise<void> {
  const path = await desk.signed({ ...instruments('2'), daysAfter: 30 });
  await desk.ratify(path, 'CN', '2999-01-01');
  await desk.ratify(path, 'KR', '2999-01-05');
  expect((await tenant.get(`${path}/consents`)).body).toMatchObject({ given: 2, entersOn: '2999-02-04' });
  const on = { edtf: '2999-01-20' };
  const withdrawn = await tenant.post(`${path}/withdraw-consent`, { ...takenBack, on, reason: 'A new parliament' });
  expect(withdrawn).toMatchObject({ status: 200, body: { status: 'signed' } });
  const { body } = await tenant.get(`${path}/consents`);
  expect(body).toMatchObject({ given: 1, entersOn: null, entersAt: null });
  expect(body['items']).toMatchObject([
    { party: { economy: 'CN' }, kind: 'ratified' },
    { party: { economy: 'KR' }, kind: 'ratified', on: { edtf: '2999-01-05' }, withdrawal: { on } },
  ]);
  await desk.enterAt('2999-02-04T12:00:00Z');
  expect((await tenant.get(path)).body).toMatchObject({ status: 'signed' });
  const [told] = await until(
    () => service.wire.of(agreementConsentWithdrawn, idOf(path)),
    ({ length }) => length > 0,
  );
  expect(told?.data).toMatchObject({
    status: 'signed',
    previousStatus: 'signed',
    occurredOn: on,
    consent: { party: { economy: 'KR' }, kind: 'ratified', on: { edtf: '2999-01-05' } },
    changed: ['/parties/items/1/consents/0/withdrawal'],
  });
  const { body: trail } = await tenant.get<{ items: object[] }>(`${path}/audit?action=withdraw-consent`);
  expect(trail.items).toMatchObject([{ reason: 'A new parliament', keyId: tenant.keyId }]);

  expect((await desk.ratify(path, 'KR', '2999-03-01')).status).toBe(201);
  await desk.enterAt('2999-03-31T00:00:00Z');
  expect((await tenant.get(path)).body).toMatchObject({ status: 'inForce', inForceOn: { edtf: '2999-03-31' } });
  const late = await tenant.post(`${path}/withdraw-consent`, takenBack);
  expect(late).toMatchObject({ status: 409, body: { code: 'action-not-allowed', currentStatus: 'inForce' } });
  await desk.settled(path);
  expect(desk.entries(path)).toHaveLength(1);
  expect((await tenant.get(`${path}/audit/verification`)).body).toMatchObject({ sound: true });
}

async function refusesAndWritesNothing({ tenant, desk }: Stage): Promise<void> {
  const path = await desk.signed(instruments('3'));
  await desk.ratify(path, 'KR', '2020-07-01');
  const before = await desk.trail(path);
  const refused: [object, number, object][] = [
    [{ ...takenBack, kind: 'accepted' }, 409, { code: 'consent-not-given' }],
    [{ ...takenBack, party: { economy: 'CN' } }, 409, { code: 'consent-not-given' }],
    [{ ...takenBack, party: { economy: 'US' } }, 422, { errors: [{ pointer: '/party', code: 'not-a-party' }] }],
    [{ ...takenBack, on: { edtf: '2020-06-30' } }, 422, { errors: [{ pointer: '/on', code: 'dates-out-of-order' }] }],
    [{ party: { economy: 'KR' } }, 422, { errors: [{ pointer: '/kind', code: 'required' }] }],
  ];
  for (const [body, status, problem] of refused) {
    expect(await tenant.post(`${path}/withdraw-consent`, body)).toMatchObject({ status, body: problem });
  }
  const scopes = ['agreements:read', 'agreements:write'];
  const historical = { body: { ...takenBack, historical: true }, scopes };
  expect((await tenant.call('POST', `${path}/withdraw-consent`, historical)).status).toBe(403);
  const given = { party: { economy: 'CN' }, kind: 'ratified', withdrawal: { on: null, because: en('x') } };
  expect((await tenant.post(`${path}/consents`, given)).body).toMatchObject({
    status: 422,
    errors: [{ pointer: '/withdrawal', code: 'unknown-field' }],
  });
  expect(await desk.trail(path)).toEqual(before);
  expect((await tenant.get(path)).body).toMatchObject({ version: before.length });
  expect((await tenant.post(`${path}/withdraw-consent?dryRun=true`, takenBack)).status).toBe(200);
  expect(await desk.trail(path)).toEqual(before);
}

export function describeWithdrawnConsents(stage: () => Stage): void {
  it('stay on record, and what waited for them waits again, until it is in force', async () => waitsAgain(stage()));
  it('are refused where there is nothing to take back, and nothing is written', async () =>
    refusesAndWritesNothing(stage()));
}
