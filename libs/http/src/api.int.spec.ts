import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { HealthRegistry } from '@expo-accord/observability';
import { type Pool } from 'pg';
import { DataSource } from 'typeorm';
import { type PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver';
import { type Answer, note, NoteApi, noteId, tenantId } from '../../../test/support/note-api';
import { until } from '../../../test/support/until';

const api = new NoteApi();
beforeAll(async () => api.start());
afterAll(async () => api.stop());

describe('an API', () => {
  it('answers a creation with 201, Location and ETag', async () => {
    const { status, headers, body } = await api.call('POST', '/v1/notes', note('a'));
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/v1/notes/${noteId}`);
    expect(headers.get('etag')).toBe('"1"');
    expect(body).toMatchObject({ id: noteId });
  });

  it('names no place of what was only rehearsed', async () => {
    const { status, headers } = await api.call('POST', '/v1/notes?dryRun=true', note('a'));
    expect([status, headers.get('location')]).toEqual([201, null]);
  });

  it('keeps the caller and the request id through to the handler', async () => {
    const { body, headers } = await api.call('GET', '/v1/notes?limit=7', undefined, { 'x-request-id': 'request-0001' });
    expect(body).toEqual({ limit: 7, tenantId, requestId: 'request-0001' });
    expect(headers.get('x-request-id')).toBe('request-0001');
  });

  it('keeps the request context behind a body that arrives in many pieces', async () => {
    const headers = {
      'if-match': '"3"',
      'x-request-id': 'request-0002',
      'content-type': 'application/merge-patch+json',
    };
    const { body } = await api.call('PATCH', `/v1/notes/${noteId}`, { text: 'x'.repeat(900_000) }, headers);
    expect(body).toMatchObject({ context: 'request-0002' });
  });

  it.each([
    ['without a caller token', 'GET', '/v1/notes', undefined, { 'x-caller-token': '' }, 401, 'caller-token-missing'],
    ['with broken JSON', 'POST', '/v1/notes', '{"a":', {}, 400, 'request-unparsable'],
    [
      'with another media type',
      'POST',
      '/v1/notes',
      'a',
      { 'content-type': 'text/plain' },
      415,
      'media-type-unsupported',
    ],
    [
      'with an upload where JSON is wanted',
      'POST',
      '/v1/notes',
      '{}',
      { 'content-type': 'text/csv' },
      415,
      'media-type-unsupported',
    ],
    ['with JSON where an upload is wanted', 'POST', '/v1/notes/imports', {}, {}, 415, 'media-type-unsupported'],
    ['that is too large', 'POST', '/v1/notes', JSON.stringify({ a: 'x'.repeat(1_100_000) }), {}, 413, 'body-too-large'],
    ['for an unknown path', 'GET', '/v1/nothing', undefined, {}, 404, 'path-unknown'],
    ['for an unknown id', 'GET', `/v1/notes/${noteId}`, undefined, {}, 404, 'note-not-found'],
    ['for what is no id', 'GET', '/v1/notes/7', undefined, {}, 404, 'not-found'],
    ['with a limit too high', 'GET', '/v1/notes?limit=501', undefined, {}, 422, 'invalid'],
    ['with an unknown query field', 'GET', '/v1/notes?colour=red', undefined, {}, 422, 'invalid'],
    ['to change without If-Match', 'PATCH', `/v1/notes/${noteId}`, {}, {}, 428, 'if-match-missing'],
    ['to change a stale version', 'PATCH', `/v1/notes/${noteId}`, {}, { 'if-match': '"2"' }, 412, 'version-stale'],
    ['that breaks a rule', 'POST', '/v1/notes', note('full'), {}, 409, 'hall-full'],
    ['that is compressed', 'POST', '/v1/notes', {}, { 'content-encoding': 'gzip' }, 415, 'media-type-unsupported'],
  ])('refuses a request %s', async (_, method, path, body, headers, status, code) => {
    const answer = await api.call(method, path, body, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({ status, code, requestId: answer.headers.get('x-request-id') });
  });

  it('names the wrong fields by JSON pointer', async () => {
    const { body } = await api.call('POST', '/v1/notes', {
      names: { original: 'en', texts: { en: 7 } },
      colour: 'red',
    });
    expect(body['errors']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ pointer: '/names/texts/en' }),
        expect.objectContaining({ pointer: '/colour', code: 'unknown-field' }),
      ]),
    );
  });

  it.each([
    ['U+0000', JSON.stringify({ names: { original: 'en', texts: { en: 'a\0b' } } })],
    ['half of a surrogate pair', '{"names":{"original":"en","texts":{"en":"a\\ud800"}}}'],
  ])('points at text with %s, which no database keeps', async (_, body) => {
    const answer = await api.call('POST', '/v1/notes', body);
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/names/texts/en' }] } });
  });

  it('points at such text in a patch and in a query, too', async () => {
    const patched = await api.call('PATCH', `/v1/notes/${noteId}`, { text: 'a\0b' }, { 'if-match': '"3"' });
    expect(patched).toMatchObject({ status: 422, body: { errors: [{ pointer: '/text' }] } });
    const listed = await api.call('GET', '/v1/notes?ref=a:%00');
    expect(listed).toMatchObject({ status: 422, body: { errors: [{ pointer: '/ref' }] } });
  });

  it('refuses a list where the body has to be an object', async () => {
    expect(await api.call('POST', '/v1/notes', '[]')).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '', code: 'is-object' }] },
    });
  });

  it('tells of 100 wrong fields at most', async () => {
    const fields = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`field${index}`, 1]));
    const { status, body } = await api.call('POST', '/v1/notes', fields);
    expect(status).toBe(422);
    expect(body['errors']).toHaveLength(100);
  });

  it('refuses bytes that are not UTF-8', async () => {
    const response = await fetch(`${await api.app.getUrl()}/v1/notes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from('{"a":"\xff"}', 'latin1'),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'utf8-malformed' });
  });

  it.each([
    ['what is no HTTP', 'FOO / HTTP/1.1\r\n\r\n', 400, 'request-unparsable'],
    ['headers without end', `GET / HTTP/1.1\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
    ['a path that decodes to nothing', 'GET /v1/%zz HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'request-unparsable'],
  ])('answers %s as a problem, too', async (_, sent, status, code) => {
    const socket = connect(Number(new URL(await api.app.getUrl()).port), '127.0.0.1');
    socket.end(sent);
    const [head, body] = (await text(socket)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*content-type: application/problem\\+json`, 'i'));
    expect(JSON.parse(body ?? '')).toMatchObject({ status, code });
  });

  it('refuses a caller without the scope', async () => {
    const reader = await api.tokenFor([]);
    const answer = await api.call('POST', '/v1/notes', note('a'), { 'x-caller-token': reader });
    expect(answer).toMatchObject({ status: 403, body: { code: 'scope-missing', scope: 'notes:write' } });
  });

  it('tells nothing of an unexpected error', async () => {
    const { status, body } = await api.call('GET', '/v1/notes/failing');
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toMatch(/hunter2|api\.int\.spec/);
  });

  it('asks to come again where every connection is taken, and serves who has one', async () => {
    const { options } = (api.app.get(DataSource).driver as PostgresDriver).master as Pool;
    const created = (count: number): Promise<Answer[]> =>
      Promise.all(Array.from({ length: count }, () => api.call('POST', '/v1/notes', note('crowd'))));
    const release = await api.database.hold('LOCK TABLE note');
    const first = created(options.max);
    await until(api.database.waiting, ({ length }) => length === options.max);
    const patienceMs = options.connectionTimeoutMillis;
    options.connectionTimeoutMillis = 100;
    const late = await created(2);
    options.connectionTimeoutMillis = patienceMs;
    await release();
    expect((await first).map(({ status }) => status)).toEqual(Array(options.max).fill(201));
    for (const { status, headers, body } of late) {
      expect([status, headers.get('retry-after'), body['code']]).toEqual([503, '1', 'service-unavailable']);
    }
    expect(await api.countOf('crowd')).toBe(options.max);
  });

  it('hands uploads over as a stream, past the limit of JSON', async () => {
    const answer = await api.call('POST', '/v1/notes/imports', '{"a":1}\n'.repeat(400_000), {
      'content-type': 'application/x-ndjson; charset=utf-8',
    });
    expect(answer).toMatchObject({ status: 202, body: { characters: 3_200_000, format: 'ndjson' } });
  });
});

describe('health and documents', () => {
  it('tells what is wrong', async () => {
    let broken: string | null = 'The broker is gone.';
    api.app.get(HealthRegistry).register('broker', () => broken, 'ready');
    expect(await api.call('GET', '/health/ready', undefined, { 'x-caller-token': '' })).toMatchObject({
      status: 503,
      body: { status: 'failing', checks: { broker: 'The broker is gone.' } },
    });
    broken = null;
    expect((await api.call('GET', '/health/ready')).status).toBe(200);
    expect((await api.call('GET', '/health/live')).status).toBe(200);
  });

  it('describes values and scopes in OpenAPI', async () => {
    const { body } = await api.call('GET', '/openapi.json');
    expect(body).toMatchObject({
      openapi: '3.1.0',
      paths: {
        '/v1/notes': {
          post: {
            'x-scopes': ['notes:write'],
            parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }],
            responses: { default: { $ref: '#/components/responses/Refused' } },
          },
        },
      },
      components: {
        schemas: {
          LocalizedText: { type: 'object' },
          Problem: { type: 'object' },
          NoteBody: {
            required: ['names'],
            properties: { names: { allOf: [{ $ref: '#/components/schemas/LocalizedText' }] } },
          },
        },
      },
    });
  });
});
