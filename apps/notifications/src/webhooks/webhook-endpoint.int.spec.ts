import { agreementSigned } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { eventually } from '../../../../test/support/eventually';
import { NotificationsService, type Tenant } from '../../test/notifications-service';
import { WebhookReceiver } from '../../test/receivers';
import { type DeliveryPage } from '../deliveries/delivery.dto';
import { type WebhookEndpointWithSecret } from './webhook-endpoint.dto';

let service: NotificationsService;
let tenant: Tenant;
let hook: WebhookReceiver;

beforeAll(async () => {
  service = await NotificationsService.start({});
  tenant = service.tenant();
  hook = await WebhookReceiver.start();
});

afterAll(async () => {
  await service.stop();
  await hook.stop();
});

const create = (body: object, headers: Record<string, string> = {}, by = tenant) =>
  by.call<WebhookEndpointWithSecret>('POST', 'webhook-endpoints', { body, headers });

const url = 'https://partner.example.org/hook';

it('is created with a secret that is shown once and sealed in the database', async () => {
  const externalRefs = [{ system: 'partner', id: 'a:1' }];
  const created = await create({ url, types: [agreementSigned.type], description: 'Portal', externalRefs });
  const { secret = '', ...shown } = created.body;
  expect(created.status).toBe(201);
  expect(created.headers).toMatchObject({ location: `/v1/webhook-endpoints/${shown.id}`, etag: '"1"' });
  expect(shown).toMatchObject({ url, types: [agreementSigned.type], status: 'enabled', version: 1, externalRefs });
  expect(secret).toMatch(/^whsec_/);
  const again = await tenant.call('GET', `webhook-endpoints/${shown.id}`);
  expect(again.body).toEqual(shown);
  const found = await tenant.call<{ items: unknown[] }>('GET', 'webhook-endpoints?ref=partner:a:1');
  expect(found.body.items).toEqual([shown]);
  const rows = await service.database.query('SELECT row_to_json(e)::text AS row FROM webhook_endpoint e');
  expect(JSON.stringify(rows)).not.toContain(secret.slice(6));
});

it('answers a replayed creation with the same endpoint, but not with its secret', async () => {
  const headers = { 'idempotency-key': newId() };
  const first = await create({ url }, headers);
  const replayed = await create({ url }, headers);
  const { secret, ...shown } = first.body;
  expect(secret).toBeDefined();
  expect(replayed.headers['idempotency-replayed']).toBe('true');
  expect(replayed.body).toEqual(shown);
});

it.each([
  [{ url: 'http://partner.example.org/' }, '/url', 'https-required'],
  [{ url: 'https://127.0.0.1/' }, '/url', 'address-not-allowed'],
  [{ url: 'https://[::ffff:10.0.0.1]/' }, '/url', 'address-not-allowed'],
  [{ url: 'nonsense' }, '/url', 'unparsable'],
  [{ url, types: ['expo-accord.contact.recorded.v1'] }, '/types', 'is-in'],
  [{ url, types: [] }, '/types', 'array-min-size'],
  [{ url, surprise: 1 }, '/surprise', 'unknown-field'],
  [{}, '/url', 'required'],
])('refuses %j', async (body, pointer, code) => {
  const refused = await create(body);
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer, code }] } });
});

it('is changed against its version, merged, and cleared by null', async () => {
  const { id } = (await create({ url, types: [agreementSigned.type], description: 'Portal' })).body;
  const change = (body: object, headers?: Record<string, string>) =>
    tenant.call('PATCH', `webhook-endpoints/${id}`, { body, ...(headers && { headers }) });
  expect((await change({ types: null })).status).toBe(428);
  expect(await change({ types: null }, { 'if-match': '"1"' })).toMatchObject({
    status: 200,
    headers: { etag: '"2"' },
    body: { types: null, description: 'Portal', version: 2 },
  });
  expect((await change({ description: null }, { 'if-match': '"1"' })).status).toBe(412);
  expect((await change({ url: 'http://10.0.0.1/' }, { 'if-match': '"2"' })).status).toBe(422);
});

it('names the actions that are possible when one is not, and changes nothing in a dry run', async () => {
  const { id } = (await create({ url })).body;
  const act = (action: string) => tenant.call('POST', `webhook-endpoints/${id}/${action}`);
  expect(await act('enable')).toMatchObject({ status: 409, body: { actions: ['disable', 'rotate-secret'] } });
  expect(await act('disable?dryRun=true')).toMatchObject({ status: 200, body: { status: 'disabled' } });
  expect((await act('rotate-secret?dryRun=true')).body).not.toHaveProperty('secret');
  const untouched = await tenant.call('GET', `webhook-endpoints/${id}`);
  expect(untouched.body).toMatchObject({ status: 'enabled', version: 1, previousSecretExpiresAt: null });
  expect(await act('disable')).toMatchObject({ status: 200, body: { disabledReason: 'requested' } });
});

it('is invisible to another tenant and closed to keys without the scope', async () => {
  const { id } = (await create({ url })).body;
  const other = service.tenant();
  for (const path of [`webhook-endpoints/${id}`, `webhook-endpoints/${id}/deliveries`]) {
    expect((await other.call('GET', path)).status).toBe(404);
  }
  expect((await other.call('POST', `webhook-endpoints/${id}/disable`)).status).toBe(404);
  const reader = { scopes: ['notifications:read'] };
  expect((await tenant.call('POST', `webhook-endpoints/${id}/disable`, reader)).status).toBe(403);
});

it('is gone after removal', async () => {
  const { id } = (await create({ url })).body;
  const removed = await tenant.call('DELETE', `webhook-endpoints/${id}`, { headers: { 'if-match': '"1"' } });
  expect(removed.status).toBe(204);
  expect((await tenant.call('GET', `webhook-endpoints/${id}`)).status).toBe(404);
});

it('is never reached at a private address, however its name resolves', async () => {
  const other = service.tenant();
  const port = new URL(hook.url).port;
  const { id } = (await create({ url: `https://localhost:${port}/hook` }, {}, other)).body;
  const agreementId = newId();
  await service.wire.say(agreementSigned, other.id, agreementId, { agreementId });
  const attempted = await eventually(async () => {
    const { body } = await other.call<DeliveryPage>('GET', `webhook-endpoints/${id}/deliveries`);
    return body.items.find(({ attemptCount }) => attemptCount > 0);
  });
  expect(attempted.attempts[0]).toMatchObject({ succeeded: false, code: 'address-not-allowed', replyCode: null });
  expect(hook.posted).toEqual([]);
});

describe('templates', () => {
  it('are listed with their languages and previewed in the nearest one', async () => {
    const list = await tenant.call<{ items: { id: string; version: number; languages: object }[] }>('GET', 'templates');
    expect(list.body.items.map(({ id, languages }) => [id, Object.keys(languages).sort()])).toEqual([
      ['registration-confirmed', ['en', 'ja', 'ko', 'zh']],
      ['registration-cancelled', ['en', 'ja', 'ko', 'zh']],
      ['registration-waitlisted', ['en', 'ja', 'ko', 'zh']],
      ['registration-promoted', ['en', 'ja', 'ko', 'zh']],
      ['registration-declined', ['en', 'ja', 'ko', 'zh']],
    ]);
    const preview = await tenant.call('GET', 'templates/registration-confirmed/preview?language=zh-Hant-TW');
    expect(preview.body).toMatchObject({
      language: 'zh',
      fallback: ['zh-Hant-TW', 'zh-Hant', 'zh', 'en'],
      subject: expect.stringMatching(/^您已成功报名/) as string,
    });
    expect((await tenant.call('GET', 'templates/nothing')).status).toBe(404);
  });
});

it('describes all of it in its OpenAPI document', async () => {
  const document = (await service.app.inject({ url: '/openapi.json' })).json<{ paths: object }>();
  expect(Object.keys(document.paths)).toEqual(
    expect.arrayContaining([
      '/v1/webhook-endpoints',
      '/v1/webhook-endpoints/{id}/rotate-secret',
      '/v1/webhook-endpoints/{id}/deliveries',
      '/v1/deliveries/{id}/redeliver',
      '/v1/feed',
      '/v1/templates/{id}/preview',
    ]),
  );
});
