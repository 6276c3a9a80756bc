import { schemaDifference } from '@expo-accord/database';
import { DataSource } from 'typeorm';
import { note, NoteApi, noteId, runs } from '../../../../test/support/note-api';

const api = new NoteApi();
beforeAll(async () => api.start());
afterAll(async () => api.stop());

describe('an Idempotency-Key', () => {
  it('makes a creation happen once, and its secret is not told again', async () => {
    const first = await api.call('POST', '/v1/notes', note('once'), { 'idempotency-key': 'once' });
    const second = await api.call('POST', '/v1/notes', note('once'), { 'idempotency-key': 'once' });
    expect(first.body).toEqual({ id: noteId, version: 1, secret: 'shown once' });
    expect(second).toMatchObject({ status: 201, body: { id: noteId, version: 1 } });
    expect(second.body).not.toHaveProperty('secret');
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(second.headers.get('location')).toBe(`/v1/notes/${noteId}`);
    expect(await api.countOf('once')).toBe(1);
  });

  it('refuses another body under the same key', async () => {
    await api.call('POST', '/v1/notes', note('b'), { 'idempotency-key': 'other' });
    const answer = await api.call('POST', '/v1/notes', note('c'), { 'idempotency-key': 'other' });
    expect(answer).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });

  it('holds for many at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => api.call('POST', '/v1/notes', note('many'), { 'idempotency-key': 'many' })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
    expect(await api.countOf('many')).toBe(1);
  });

  it('is not used up by a request that failed, whose writes are undone', async () => {
    const before = runs.created;
    await api.call('POST', '/v1/notes', note('full'), { 'idempotency-key': 'failed' });
    const again = await api.call('POST', '/v1/notes', note('full'), { 'idempotency-key': 'failed' });
    expect(again.status).toBe(409);
    expect(runs.created - before).toBe(2);
    expect(await api.countOf('full')).toBe(0);
  });

  it('is forgotten after a day', async () => {
    await api.call('POST', '/v1/notes', note('day'), { 'idempotency-key': 'day' });
    await api.database.query(`UPDATE idempotency_key SET created_at = now() - interval '25 hours' WHERE key = 'day'`);
    await api.call('POST', '/v1/notes', note('day'), { 'idempotency-key': 'day' });
    expect(await api.countOf('day')).toBe(2);
  });

  it('answers an upload that was sent again without taking it again', async () => {
    const headers = { 'content-type': 'text/csv', 'idempotency-key': 'upload' };
    const before = runs.uploads;
    await api.call('POST', '/v1/notes/imports', 'a,b\n', headers);
    const again = await api.call('POST', '/v1/notes/imports', 'a,b\n', headers);
    expect(again).toMatchObject({ status: 202, body: { characters: 4, format: 'csv' } });
    expect(runs.uploads - before).toBe(1);
  });

  it('is remembered anew for an upload that comes a day later', async () => {
    const headers = { 'content-type': 'text/csv', 'idempotency-key': 'upload-day' };
    await api.call('POST', '/v1/notes/imports', 'a,b\n', headers);
    await api.database.query(`UPDATE idempotency_key SET created_at = now() - interval '25 hours'`);
    const before = runs.uploads;
    await api.call('POST', '/v1/notes/imports', 'c,d,e\n', headers);
    const again = await api.call('POST', '/v1/notes/imports', 'c,d,e\n', headers);
    expect(again).toMatchObject({ status: 202, body: { characters: 6 } });
    expect(runs.uploads - before).toBe(1);
  });

  it('has a table that the entities describe', async () => {
    expect(await schemaDifference(api.app.get(DataSource))).toEqual([]);
  });
});
