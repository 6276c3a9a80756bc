import { type IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { signCallerToken } from '@expo-accord/http';
import { note, NoteApi, noteId, pemOf } from '../../../../test/support/note-api';
import { until } from '../../../../test/support/until';
import { GatewayHarness, type Upstream, upstreamAnswering } from '../../test/gateway-harness';
import { type FirstKey } from '../tenants/first-key';

const gateway = new GatewayHarness();
const events = new NoteApi();
let bare: Upstream;
let admin: FirstKey;
let streamsClosed = 0;
let onUpload: (request: IncomingMessage) => void = () => undefined;

beforeAll(async () => {
  await events.start(pemOf(gateway.signer.publicKey));
  bare = await upstreamAnswering((request, response) => {
    if (request.url === '/v1/registrations/silent') return;
    if (request.url === '/v1/registrations/broken') {
      request.socket.destroy();
    } else if (request.url === '/v1/registrations/stream') {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: first\n\n');
      response.on('close', () => (streamsClosed += 1));
    } else if (request.method === 'PUT') {
      // Refused before a byte of it was read, as a service does with what is said to be too large.
      response.writeHead(413, { 'content-type': 'application/problem+json' }).end('{"code":"document-too-large"}');
    } else if (request.method === 'POST') {
      onUpload(request);
      let bytes = 0;
      request.on('data', (chunk: Buffer) => (bytes += chunk.length));
      request.on('end', () =>
        response.writeHead(202, { 'content-type': 'application/json' }).end(`{"bytes":${bytes}}`),
      );
    } else {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ url: request.url, headers: request.headers }));
    }
  });
  await gateway.start({
    EVENTS_URL: await events.app.getUrl(),
    REGISTRATIONS_URL: bare.url,
    AGREEMENTS_URL: bare.url,
  });
  admin = await gateway.tenant('Expo A');
});

afterAll(async () => {
  await gateway.stop();
  await events.stop();
  await bare.close();
});

describe('a request through the gateway', () => {
  it('reaches the owner with the caller known and the request id kept', async () => {
    const answer = await gateway.call(admin.key, 'GET', '/v1/events?limit=3', undefined, {
      'x-request-id': 'request-0003',
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ limit: 3, tenantId: admin.tenantId, requestId: 'request-0003' });
    expect(answer.headers.get('x-request-id')).toBe('request-0003');
  });

  it('brings back status, headers and problems as the service gave them', async () => {
    const changed = await gateway.call(admin.key, 'PATCH', `/v1/events/${noteId}`, { a: 1 }, { 'if-match': '"3"' });
    expect(changed).toMatchObject({ status: 200, body: { patch: { a: 1 } } });
    expect(changed.headers.get('etag')).toBe('"4"');
    const refused = await gateway.call(admin.key, 'POST', '/v1/events', note('a'));
    expect(refused).toMatchObject({ status: 403, body: { code: 'scope-missing', scope: 'notes:write' } });
  });

  it('needs no key, and carries none, where everybody may read', async () => {
    const response = await fetch(`${gateway.url}/.well-known/jwks.json`, {
      headers: { authorization: `Bearer ${admin.key}`, 'x-caller-token': 'forged' },
    });
    const body = (await response.json()) as { url: string; headers: Record<string, string> };
    expect([response.status, body.url]).toEqual([200, '/.well-known/jwks.json']);
    expect(JSON.stringify(body.headers)).not.toMatch(/forged|xa_|caller-token/);
    expect((await fetch(`${gateway.url}/.well-known/other.json`)).status).toBe(404);
  });

  it('carries neither the key nor a forged caller to the service', async () => {
    const forged = {
      'x-caller-token': 'forged',
      'x-api-key': admin.key,
      connection: 'keep-alive, x-forged',
      'x-forged': '1',
    };
    const { body } = await gateway.call(admin.key, 'GET', '/v1/registrations?ref=a:1&x=%20', undefined, {
      'x-caller-token': forged['x-caller-token'],
      'x-api-key': forged['x-api-key'],
    });
    expect(body['url']).toBe('/v1/registrations?ref=a:1&x=%20');
    expect(JSON.stringify(body)).not.toMatch(/forged|xa_/);
    expect((body['headers'] as Record<string, string>)['x-caller-token']).toMatch(/^eyJ/);
  });

  it.each(['/v1/nothing', '/v2/events', '/v1/events/a%2fb', '/nothing'])('is 404 at %s', async (path) => {
    expect((await gateway.call(admin.key, 'GET', path)).status).toBe(404);
  });

  it('is refused without a key before any service hears of it', async () => {
    expect(await gateway.call('', 'GET', '/v1/agreements')).toMatchObject({ status: 401 });
  });
});

describe('a service', () => {
  it.each([
    ['no caller token', async () => Promise.resolve('')],
    ['an expired one', async () => signCallerToken(gateway.signer.privateKey, caller, -1)],
    ['one that somebody else signed', async () => events.tokenFor(['notes:write'])],
  ])('refuses a direct call with %s', async (_, tokenOf) => {
    const answer = await events.call('GET', '/v1/events', undefined, { 'x-caller-token': await tokenOf() });
    expect(answer.status).toBe(401);
  });
  const caller = { tenantId: 't', keyId: 'k', scopes: [] };
});

describe('bodies', () => {
  it('pass while they are still being sent', async () => {
    const started = new Promise<void>((resolve) => {
      onUpload = (request) =>
        request.once('data', () => {
          resolve();
        });
    });
    let rest: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(Buffer.from('{"a":1}\n'));
        rest = controller;
      },
    });
    const answer = fetch(`${gateway.url}/v1/events/${noteId}/imports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin.key}`, 'content-type': 'application/x-ndjson' },
      body,
      duplex: 'half',
    });
    // Only when the service has seen the beginning is the end sent: a gateway that buffers would wait for ever.
    await started;
    rest?.enqueue(Buffer.from('{"a":2}\n'));
    rest?.close();
    expect(await (await answer).json()).toEqual({ bytes: 16 });
  });

  it.each(['text/csv', 'application/octet-stream'])('may be large (%s)', async (type) => {
    const answer = await gateway.call(admin.key, 'POST', `/v1/events/${noteId}/imports`, 'x'.repeat(30_000_000), {
      'content-type': type,
    });
    expect(answer).toMatchObject({ status: 202, body: { bytes: 30_000_000 } });
  });

  it('may be compressed, and reach the service as they were sent', async () => {
    const compressed = gzipSync('{"a":1}\n'.repeat(100_000));
    const sent = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' };
    let received: unknown;
    onUpload = ({ headers }) => (received = headers['content-encoding']);
    const answer = await gateway.call(admin.key, 'POST', `/v1/events/${noteId}/imports`, compressed, sent);
    expect([answer.body, received]).toEqual([{ bytes: compressed.length }, 'gzip']);
    const inflated = await gateway.call(admin.key, 'POST', '/v1/events/imports', compressed, sent);
    expect(inflated).toMatchObject({ status: 202, body: { characters: 800_000 } });
  });

  it('that are refused at their beginning are answered all the same, however long they are', async () => {
    const long = Buffer.concat([Buffer.from([0xff]), Buffer.alloc(30_000_000, 'x')]);
    const sent = { 'content-type': 'text/csv' };
    const answer = await gateway.call(admin.key, 'POST', '/v1/events/imports', long, sent);
    expect(answer).toMatchObject({ status: 400, body: { code: 'encoding-malformed', line: 1 } });
  });

  it('that are refused unread are answered all the same', async () => {
    const answer = await gateway.call(admin.key, 'PUT', '/v1/registrations/content', Buffer.alloc(30_000_000), {
      'content-type': 'application/octet-stream',
    });
    expect(answer).toMatchObject({ status: 413, body: { code: 'document-too-large' } });
  });

  it('are refused before they are sent on when they are too large for JSON', async () => {
    const answer = await gateway.call(admin.key, 'POST', '/v1/events', 'x'.repeat(1_200_000));
    expect(answer).toMatchObject({ status: 413, body: { code: 'body-too-large' } });
  });

  it('come back while the service still writes, and end there when the caller goes away', async () => {
    const stop = new AbortController();
    const response = await fetch(`${gateway.url}/v1/registrations/stream`, {
      headers: { authorization: `Bearer ${admin.key}` },
      signal: stop.signal,
    });
    const first: unknown = (await response.body?.getReader().read())?.value;
    expect(Buffer.from(first as Uint8Array).toString()).toBe('data: first\n\n');
    stop.abort();
    await until(
      () => streamsClosed,
      (closed) => closed === 1,
    );
  });
});

describe('a service that does not answer', () => {
  // Only here: elsewhere a machine that is busy for so long would be a service that is too slow.
  const impatient = new GatewayHarness();
  beforeAll(() => impatient.start({ REGISTRATIONS_URL: bare.url, UPSTREAM_TIMEOUT_MS: '500' }));
  afterAll(() => impatient.stop());

  it.each([
    ['is down', '/v1/feed', 503, 'service-unavailable'],
    ['breaks off', '/v1/registrations/broken', 502, 'service-broken-off'],
    ['is silent', '/v1/registrations/silent', 504, 'service-too-slow'],
  ])('and %s is a problem with Retry-After', async (_, path, status, code) => {
    const { key } = await impatient.tenant('Expo I');
    const answer = await impatient.call(key, 'GET', path);
    expect(answer).toMatchObject({ status, body: { status, code } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('the register of a tenant', () => {
  const asAnybody = async (tenantId: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${gateway.url}/v1/register/${tenantId}/agreements?limit=3`, init);
  const scopesIn = (token: string): unknown =>
    (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { scope: unknown }).scope;

  it('is read without a key where the tenant allows it, and nowhere else', async () => {
    const tenant = await gateway.tenant('Expo R');
    const path = '/v1/tenant';
    expect((await gateway.call(tenant.key, 'GET', path)).body).toMatchObject({ name: 'Expo R', publicRegister: false });
    expect((await asAnybody(tenant.tenantId)).status).toBe(401);
    expect((await gateway.call(tenant.key, 'PATCH', path, { publicRegister: 'yes' })).body.errors).toMatchObject([
      { pointer: '/publicRegister' },
    ]);
    expect((await gateway.call(tenant.key, 'PATCH', path, { publicRegister: true })).status).toBe(200);
    const answer = await asAnybody(tenant.tenantId);
    const { url, headers } = (await answer.json()) as { url: string; headers: Record<string, string> };
    expect(url).toBe(`/v1/register/${tenant.tenantId}/agreements?limit=3`);
    expect(scopesIn(headers['x-caller-token'] ?? '')).toBe('agreements:read register:open');
    expect((await asAnybody(admin.tenantId)).status).toBe(401);
    expect((await asAnybody(tenant.tenantId, { method: 'POST' })).status).toBe(401);
    expect((await fetch(`${gateway.url}/v1/agreements`)).status).toBe(401);
    expect((await fetch(`${gateway.url}/v1/register/${tenant.tenantId}/agreements/x`)).status).toBe(401);
    await gateway.call(tenant.key, 'PATCH', path, { publicRegister: false });
    expect((await asAnybody(tenant.tenantId)).status).toBe(401);
  });
});
