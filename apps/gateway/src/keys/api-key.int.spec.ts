import { schemaDifference } from '@expo-accord/database';
import { DataSource } from 'typeorm';
import { until } from '../../../../test/support/until';
import { GatewayHarness } from '../../test/gateway-harness';
import { type FirstKey } from '../tenants/first-key';

const gateway = new GatewayHarness();
let admin: FirstKey;

beforeAll(async () => {
  await gateway.start();
  admin = await gateway.tenant('Expo A');
});
afterAll(async () => gateway.stop());

const newKey = { name: 'hall', scopes: ['events:read', 'keys:manage'] };
const make = async (body: object = newKey, key = admin.key): Promise<Record<string, unknown>> =>
  (await gateway.call(key, 'POST', '/v1/keys', body)).body;

describe('API keys', () => {
  it('are shown once, work at once, and are listed without their secret', async () => {
    const { status, headers, body } = await gateway.call(admin.key, 'POST', '/v1/keys', newKey);
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/v1/keys/${String(body['id'])}`);
    expect(body).toMatchObject({ name: 'hall', status: 'active', scopes: newKey.scopes, revokedAt: null });
    const list = await gateway.call(String(body['key']), 'GET', '/v1/keys');
    expect(list.status).toBe(200);
    expect(list.body['items']).toContainEqual(expect.objectContaining({ id: body['id'], name: 'hall' }));
    expect(JSON.stringify(list.body)).not.toContain(String(body['key']).slice(-43));
  });

  it('are stored as a hash only', async () => {
    const { key } = await make();
    const rows = await gateway.database.query(
      `SELECT encode(secret_hash, 'escape') AS hash, k::text AS row FROM api_key k`,
    );
    expect(JSON.stringify(rows)).not.toContain(String(key).slice(-43));
  });

  it('are not told again when a creation is sent again', async () => {
    const headers = { 'idempotency-key': 'one' };
    const first = await gateway.call(admin.key, 'POST', '/v1/keys', newKey, headers);
    const again = await gateway.call(admin.key, 'POST', '/v1/keys', newKey, headers);
    expect(again.body).toMatchObject({ id: first.body['id'] });
    expect(again.body).not.toHaveProperty('key');
    const stored = await gateway.database.query('SELECT body::text FROM idempotency_key');
    expect(JSON.stringify(stored)).not.toContain(String(first.body['key']).slice(-43));
  });

  it('are also taken from X-Api-Key', async () => {
    const response = await fetch(`${gateway.url}/v1/keys`, { headers: { 'x-api-key': admin.key } });
    expect(response.status).toBe(200);
  });

  it.each([
    ['nothing', ''],
    ['nonsense', 'Bearer nonsense'],
    ['an unknown key', `Bearer xa_${'0'.repeat(32)}_${'a'.repeat(43)}`],
  ])('are asked for when the caller shows %s', async (_, authorization) => {
    const response = await fetch(`${gateway.url}/v1/keys`, { headers: { authorization } });
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it('do not open with the id of one and the secret of another', async () => {
    const [a, b] = [String((await make())['key']), String((await make())['key'])];
    const mixed = `${a.slice(0, 36)}${b.slice(36)}`;
    expect((await gateway.call(mixed, 'GET', '/v1/keys')).status).toBe(401);
  });

  it('grant no scope that they lack', async () => {
    const weak = String((await make())['key']);
    const answer = await gateway.call(weak, 'POST', '/v1/keys', { name: 'x', scopes: ['events:read', 'events:write'] });
    expect(answer).toMatchObject({ status: 403, body: { code: 'scope-escalation', scopes: ['events:write'] } });
  });

  it('manage no keys without the scope for it', async () => {
    const reader = String((await make({ name: 'r', scopes: ['events:read'] }))['key']);
    expect(await gateway.call(reader, 'GET', '/v1/keys')).toMatchObject({
      status: 403,
      body: { code: 'scope-missing' },
    });
  });

  it('refuse scopes that do not exist', async () => {
    const answer = await gateway.call(admin.key, 'POST', '/v1/keys', { name: 'x', scopes: ['all'] });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/scopes' }] } });
  });

  it('die at once where they were revoked, and stay dead', async () => {
    const { id, key } = await make();
    expect((await gateway.call(String(key), 'GET', '/v1/keys')).status).toBe(200);
    const revoked = await gateway.call(admin.key, 'POST', `/v1/keys/${String(id)}/revoke`);
    expect(revoked).toMatchObject({ status: 200, body: { status: 'revoked', version: 2 } });
    expect((await gateway.call(String(key), 'GET', '/v1/keys')).status).toBe(401);
    const again = await gateway.call(admin.key, 'POST', `/v1/keys/${String(id)}/revoke`);
    expect(again).toMatchObject({ status: 409, body: { code: 'action-not-allowed', actions: [] } });
  });

  it('die within KEY_CACHE_MS where another process revoked them', async () => {
    const { id, key } = await make();
    expect((await gateway.call(String(key), 'GET', '/v1/keys')).status).toBe(200);
    const verifiedAt = Date.now();
    await gateway.database.query('UPDATE api_key SET revoked_at = now() WHERE id = $1', [id]);
    let lastTakenAt = verifiedAt;
    await until(
      async () => {
        const askedAt = Date.now();
        const { status } = await gateway.call(String(key), 'GET', '/v1/keys');
        if (status === 200) lastTakenAt = askedAt;
        return status;
      },
      (status) => status === 401,
    );
    expect(lastTakenAt - verifiedAt).toBeLessThanOrEqual(gateway.config.KEY_CACHE_MS);
  });

  it('never leave a tenant without one that manages keys', async () => {
    const other = await gateway.tenant('Alone');
    const answer = await gateway.call(other.key, 'POST', `/v1/keys/${other.keyId}/revoke`);
    expect(answer).toMatchObject({ status: 409, body: { code: 'last-managing-key' } });
  });

  it('are paged in the order of their making, and found by ref', async () => {
    const tenant = await gateway.tenant('Paged');
    const externalRefs = [{ system: 'expo-a', id: '77' }];
    await make({ ...newKey, name: 'second', externalRefs }, tenant.key);
    await make({ ...newKey, name: 'third' }, tenant.key);
    const first = await gateway.call(tenant.key, 'GET', '/v1/keys?limit=2');
    expect(first.body['items']).toMatchObject([{ name: 'admin' }, { name: 'second' }]);
    const next = await gateway.call(tenant.key, 'GET', `/v1/keys?limit=2&cursor=${String(first.body['nextCursor'])}`);
    expect(next.body).toMatchObject({ items: [{ name: 'third' }], nextCursor: null });
    const found = await gateway.call(tenant.key, 'GET', '/v1/keys?ref=expo-a:77');
    expect(found.body['items']).toMatchObject([{ name: 'second', externalRefs }]);
  });

  it('are neither seen nor revoked by another tenant', async () => {
    const { id } = await make();
    const stranger = await gateway.tenant('Expo B');
    const list = await gateway.call(stranger.key, 'GET', '/v1/keys?limit=500');
    expect(list.body['items']).toEqual([expect.objectContaining({ id: stranger.keyId })]);
    expect((await gateway.call(stranger.key, 'GET', `/v1/keys/${String(id)}`)).status).toBe(404);
    expect((await gateway.call(stranger.key, 'POST', `/v1/keys/${String(id)}/revoke`)).status).toBe(404);
    expect((await gateway.call(admin.key, 'GET', `/v1/keys/${String(id)}`)).body).toMatchObject({ status: 'active' });
  });
});

it('the migrations say what the entities say', async () => {
  expect(await schemaDifference(gateway.app.get(DataSource))).toEqual([]);
});
