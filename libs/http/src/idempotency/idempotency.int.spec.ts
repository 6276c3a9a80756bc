import { gzipSync } from 'node:zlib';
import { schemaDifference } from '@expo-accord/database';
import { DataSource } from 'typeorm';
import { type Answer, note, NoteApi, noteId, runs } from '../../../../test/support/note-api';
import { until } from '../../../../test/support/until';
import { KeyDays } from './key-days';

const api = new NoteApi();
beforeAll(async () => {
  await api.start();
  // What is moved to before all days that there are has to be somewhere.
  await api.database.query(
    `DO $$ BEGIN EXECUTE format(
       'CREATE TABLE idempotency_key_20200101 PARTITION OF idempotency_key FOR VALUES FROM (%L) TO (%L)',
       '2020-01-01', date_trunc('day', now(), 'UTC') - interval '48 hours'); END $$`,
  );
});
afterAll(async () => api.stop());

const keyed = (key: string): Record<string, string> => ({ 'idempotency-key': key });
const age = async (key: string, hours: number): Promise<unknown> =>
  api.database.query('UPDATE idempotency_key SET created_at = now() - make_interval(hours => $2) WHERE key = $1', [
    key,
    hours,
  ]);

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

  it('refuses another path, and another caller', async () => {
    await api.call('POST', '/v1/notes', note('mine'), keyed('mine'));
    const other = await api.tokenFor(['events:read', 'notes:write'], 'another key');
    const answers = [
      await api.call('POST', '/v1/notes?again', note('mine'), keyed('mine')),
      await api.call('POST', '/v1/notes', note('mine'), { ...keyed('mine'), 'x-caller-token': other }),
    ];
    expect(answers.map(({ body }) => body.code)).toEqual(Array(2).fill('idempotency-key-reused'));
    expect(await api.countOf('mine')).toBe(1);
  });

  it('holds for many at once, also where some begin before midnight and some after', async () => {
    const created = (value: string): Promise<unknown> =>
      api.database.query(`ALTER TABLE idempotency_key ALTER created_at SET DEFAULT ${value}`);
    await created(`now() - (random() < 0.5)::int * interval '24 hours'`);
    const release = await api.database.hold('LOCK TABLE note');
    const sent = Array.from({ length: 50 }, async () => api.call('POST', '/v1/notes', note('many'), keyed('many')));
    await until(api.database.waiting, ({ length }) => length > 5);
    await release();
    const answers = await Promise.all(sent);
    await created('now()');
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(201));
    expect(await api.countOf('many')).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true')).toHaveLength(49);
  });

  it('is free again when the connection of its first request dies in the middle', async () => {
    const release = await api.database.hold('LOCK TABLE note');
    const first = api.call('POST', '/v1/notes', note('cut'), keyed('cut'));
    const [pid] = await until(api.database.waiting, ({ length }) => length === 1);
    await api.database.query('SELECT pg_terminate_backend($1)', [pid]);
    expect(await first).toMatchObject({ status: 503, body: { code: 'service-unavailable' } });
    await release();
    const again = await api.call('POST', '/v1/notes', note('cut'), keyed('cut'));
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, null]);
    expect(await api.countOf('cut')).toBe(1);
  });

  it('is not used up by a request that failed, whose writes are undone', async () => {
    const before = runs.created;
    await api.call('POST', '/v1/notes', note('full'), { 'idempotency-key': 'failed' });
    const again = await api.call('POST', '/v1/notes', note('full'), { 'idempotency-key': 'failed' });
    expect(again.status).toBe(409);
    expect(runs.created - before).toBe(2);
    expect(await api.countOf('full')).toBe(0);
  });

  it('of yesterday is known today, and forgotten after two days', async () => {
    await api.call('POST', '/v1/notes', note('day'), keyed('day'));
    await age('day', 47);
    await api.call('POST', '/v1/notes', note('day'), keyed('day'));
    expect(await api.countOf('day')).toBe(1);
    await age('day', 49);
    await api.call('POST', '/v1/notes', note('day'), keyed('day'));
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

  it('refuses another upload under the same key, also one that is as long', async () => {
    const upload = async (body: string | Buffer, encoding?: 'gzip'): Promise<unknown> => {
      const headers = { 'content-type': 'text/csv', ...(encoding && { 'content-encoding': encoding }) };
      const answer = await api.call('POST', '/v1/notes/imports', body, { ...headers, ...keyed(`upload-${encoding}`) });
      return [answer.status, answer.body.code ?? answer.body.characters];
    };
    const before = runs.uploads;
    expect([await upload('a,b\n'), await upload('a,c\n')]).toEqual([
      [202, 4],
      [422, 'idempotency-key-reused'],
    ]);
    const [packed, another] = ['a,b\n', 'a,c\n'].map((text) => gzipSync(text)) as [Buffer, Buffer];
    expect([await upload(packed, 'gzip'), await upload(another, 'gzip'), await upload(packed, 'gzip')]).toEqual([
      [202, 4],
      [422, 'idempotency-key-reused'],
      [202, 4],
    ]);
    expect(runs.uploads - before).toBe(2);
  });

  it('gives uploads that are sent at once the answer to the one that is there first', async () => {
    const before = runs.uploads;
    const slow = (key: string): { rest: (text: string) => void; answer: Promise<Answer> } => {
      let rest!: (text: string) => void;
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => {
          controller.enqueue(Buffer.from('a,b\n'));
          rest = (text) => {
            controller.enqueue(Buffer.from(text));
            controller.close();
          };
        },
      });
      return {
        rest,
        answer: api.call('POST', '/v1/notes/imports', body, { 'content-type': 'text/csv', ...keyed(key) }),
      };
    };
    const [first, second, other] = [slow('at-once'), slow('at-once'), slow('at-once')];
    await until(
      () => Promise.resolve(runs.uploads - before),
      (begun) => begun === 3,
    );
    first.rest('cde,f\n');
    const taken = await first.answer;
    second.rest('cde,f\n');
    other.rest('dfe,c\n');
    const [again, refused] = await Promise.all([second.answer, other.answer]);
    expect([again.status, again.body]).toEqual([202, taken.body]);
    const told = ['location', 'etag', 'idempotency-replayed'].map((name) => again.headers.get(name));
    expect(told).toEqual([`/v1/notes/imports/${String(taken.body.id)}`, '"1"', 'true']);
    expect(refused).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect(refused.headers.get('location')).toBeNull();
    expect(await api.countOf('upload 10')).toBe(1);
  });

  it('is free for an upload again when the one before was cut off, or its last step failed', async () => {
    const headers = { 'content-type': 'text/csv', ...keyed('upload-cut') };
    const failing = new ReadableStream({
      start: (controller) => {
        controller.enqueue(Buffer.from('a,b'));
      },
      pull: (controller) => {
        controller.error(new Error('cut off'));
      },
    });
    await expect(api.call('POST', '/v1/notes/imports', failing, headers)).rejects.toThrow();
    await api.database.query('ALTER TABLE note ADD CONSTRAINT none CHECK (false) NOT VALID');
    expect((await api.call('POST', '/v1/notes/imports', 'a,b,cd\n', headers)).status).toBe(500);
    await api.database.query('ALTER TABLE note DROP CONSTRAINT none');
    const again = await api.call('POST', '/v1/notes/imports', 'a,b,cd\n', headers);
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([202, null]);
    expect(await api.countOf('upload 7')).toBe(1);
  });

  it('is remembered anew for an upload that comes two days later', async () => {
    const headers = { 'content-type': 'text/csv', 'idempotency-key': 'upload-day' };
    await api.call('POST', '/v1/notes/imports', 'a,b\n', headers);
    await age('upload-day', 49);
    const before = runs.uploads;
    await api.call('POST', '/v1/notes/imports', 'c,d,e\n', headers);
    const again = await api.call('POST', '/v1/notes/imports', 'c,d,e\n', headers);
    expect(again).toMatchObject({ status: 202, body: { characters: 6 } });
    expect(runs.uploads - before).toBe(1);
  });

  it('has a partition for each day that may come or counts, and none that is over', async () => {
    const days = async (): Promise<string[]> => {
      const rows = await api.database.query<{ day: string }>(
        `SELECT right(inhrelid::regclass::text, 8) AS day FROM pg_inherits
          WHERE inhparent = 'idempotency_key'::regclass ORDER BY 1`,
      );
      return rows.map(({ day }) => day);
    };
    const ahead = (await days()).slice(-2);
    for (const day of ahead) await api.database.query(`DROP TABLE idempotency_key_${day}`);
    await api.app.get(KeyDays).sweep();
    // And one more, if it is past midnight by now.
    expect(await days()).toEqual(expect.arrayContaining(ahead));
    expect(await days()).not.toContain('20200101');
    expect((await api.call('POST', '/v1/notes', note('swept'), keyed('swept'))).status).toBe(201);
  });

  it('has a table that the entities describe', async () => {
    expect(await schemaDifference(api.app.get(DataSource))).toEqual([]);
  });
});
