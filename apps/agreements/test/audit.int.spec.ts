import { type ChainVerified } from '@expo-accord/audit';
import { agreementAgreed, agreementSigned } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { eventually } from '../../../test/support/eventually';
import { type AgreementAction } from '../src/agreements/agreement.rules';
import { AgreementsService, type Tenant } from './agreements-service';

const en = (text: string): object => ({ original: 'en', texts: { en: text } });
const parties = { completeness: 'exhaustive', items: [{ economy: 'CN' }, { economy: 'KR' }] };

interface Entry {
  id: string;
  sequence: number;
  action: string;
  keyId: string;
  before: object | null;
  after: object | null;
  erased: boolean;
  hash: string;
}
type Verification = ChainVerified & { sound: boolean };

describe('the audit trail over HTTP', () => {
  let service: AgreementsService;
  let tenant: Tenant;

  beforeAll(async () => {
    service = await AgreementsService.start();
    tenant = service.tenant();
  });

  afterAll(async () => {
    await service.stop();
  });

  async function negotiated(): Promise<string> {
    const { body } = await tenant.post('agreements', { type: 'mou', titles: en('Memorandum'), parties });
    const path = `agreements/${body['id'] as string}`;
    for (const action of ['negotiate', 'agree', 'sign']) await tenant.post(`${path}/${action}`, { reason: 'Talks' });
    return path;
  }
  const idOf = (path: string): string => path.slice('agreements/'.length);
  const entriesOf = async (path: string, query = ''): Promise<Entry[]> =>
    (await tenant.get<{ items: Entry[] }>(`${path}/audit${query}`)).body.items;
  const verify = async (path: string): Promise<Verification> =>
    (await tenant.get<Verification>(`${path}/audit/verification`)).body;
  /** What somebody could do who owns the database. */
  async function tamper(sql: string, ...values: unknown[]): Promise<void> {
    await service.database.query('ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_grows_only');
    await service.database.query(sql, values);
    await service.database.query('ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_grows_only');
  }

  it('is one chain for each resource, of every kind', async () => {
    const path = await negotiated();
    expect((await entriesOf(path)).map(({ sequence, action }) => [sequence, action])).toEqual([
      [1, 'created'],
      [2, 'negotiate'],
      [3, 'agree'],
      [4, 'sign'],
    ]);
    const project = await tenant.post('projects', { names: en('Plant') });
    const document = await tenant.post('outcome-documents', { type: 'minutes', titles: en('Minutes') });
    const commitment = await tenant.post('commitments', {
      text: en('To meet'),
      modality: 'will',
      responsible: parties,
    });
    for (const [resource, { status, body }] of Object.entries({
      projects: project,
      'outcome-documents': document,
      commitments: commitment,
    })) {
      expect([resource, status]).toEqual([resource, 201]);
      const created = `${resource}/${body['id'] as string}`;
      expect(await entriesOf(created)).toMatchObject([{ sequence: 1, before: null, after: { url: body['url'] } }]);
      expect(await verify(created)).toMatchObject({ resource, entries: 1, sound: true, fault: null });
    }
    expect(await verify(path)).toMatchObject({ resource: 'agreements', entries: 4, erased: 0, sound: true });
  });

  it('is read by pages and by what was done', async () => {
    const path = await negotiated();
    const first = await tenant.get<{ items: Entry[]; nextCursor: string }>(`${path}/audit?limit=3`);
    expect(first.body.items.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(await entriesOf(path, `?limit=3&cursor=${first.body.nextCursor}`)).toMatchObject([{ sequence: 4 }]);
    expect(await entriesOf(path, '?action=agree')).toMatchObject([{ sequence: 3, action: 'agree' }]);
    expect(await entriesOf(path, '?action=terminate')).toEqual([]);
    expect((await tenant.get(`${path}/audit?changedSince=2026-01-01`)).status).toBe(422);
  });

  it('belongs to its tenant', async () => {
    const path = await negotiated();
    const stranger = service.tenant();
    expect((await stranger.get(`${path}/audit`)).status).toBe(404);
    expect((await stranger.get(`${path}/audit/verification`)).status).toBe(404);
    expect((await tenant.get(`agreements/${newId()}/audit/verification`)).status).toBe(404);
  });

  it.each<[string, string[], object]>([
    ['altered', [`SET key_id = 'x' WHERE sequence = 2`], { kind: 'altered', sequence: 2 }],
    ['altered in what it says', [`SET after = '{}' WHERE sequence = 2`], { kind: 'altered', sequence: 2 }],
    [
      'put in the place of another',
      [
        'SET sequence = 30 WHERE sequence = 2',
        'SET sequence = 2 WHERE sequence = 3',
        'SET sequence = 3 WHERE sequence = 30',
      ],
      { kind: 'reordered', sequence: 2 },
    ],
  ])('names the first bad entry when one was %s', async (_what, changes, fault) => {
    const path = await negotiated();
    for (const change of changes) await tamper(`UPDATE audit_entry ${change} AND resource_id = $1`, idOf(path));
    expect(await verify(path)).toMatchObject({ sound: false, fault });
  });

  it('names the place of one that was removed', async () => {
    const path = await negotiated();
    await tamper('DELETE FROM audit_entry WHERE resource_id = $1 AND sequence = 2', idOf(path));
    expect(await verify(path)).toMatchObject({ fault: { kind: 'removed', sequence: 2, entryId: null } });
  });

  it('misses the last entry when it was removed', async () => {
    const path = await negotiated();
    await tamper('DELETE FROM audit_entry WHERE id = $1', (await entriesOf(path)).at(-1)?.id);
    expect(await verify(path)).toMatchObject({
      sound: false,
      fault: { kind: 'removed', sequence: 4, entryId: null, detail: 'The chain had 4 entries, and 3 are there.' },
    });
  });

  it('holds when content was erased, which is all that the database lets happen to it', async () => {
    const path = await negotiated();
    const { headHash } = await verify(path);
    const id = idOf(path);
    const erase = 'UPDATE audit_entry SET reason = NULL, before = NULL, after = NULL, salt = NULL';
    await service.database.query(`${erase} WHERE resource_id = $1 AND sequence < 4`, [id]);
    expect(await verify(path)).toMatchObject({ sound: true, erased: 3, headHash });
    const entries = await entriesOf(path);
    expect(entries.map(({ erased, after }) => [erased, after === null])).toEqual([
      [true, true],
      [true, true],
      [true, true],
      [false, false],
    ]);
    for (const sql of [
      `${erase}, key_id = 'x'`,
      'UPDATE audit_entry SET after = NULL',
      `UPDATE audit_entry SET after = '{}'`,
    ]) {
      await expect(service.database.query(`${sql} WHERE resource_id = $1`, [id])).rejects.toThrow('never changed');
    }
    await tenant.post(`${path}/withdraw`);
    expect(await verify(path)).toMatchObject({ sound: true, entries: 5, erased: 3 });
  });

  it('stays one chain when many change the same at once', async () => {
    const path = await negotiated();
    const version = (await tenant.get<{ version: number }>(path)).body.version;
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        tenant.call('PATCH', path, {
          body: { titles: en(`Title ${at}`) },
          headers: { 'if-match': `"${version + (at % 3)}"` },
        }),
      ),
    );
    const changed = answers.filter(({ status }) => status === 200).length;
    expect(changed).toBeGreaterThan(0);
    expect(await verify(path)).toMatchObject({ sound: true, entries: 4 + changed });
  });

  describe('of agreements whose steps are asked for at the same time', () => {
    async function drafts(count: number): Promise<string[]> {
      const draft = { type: 'mou', titles: en('Memorandum'), parties };
      const created = await Promise.all(Array.from({ length: count }, () => tenant.post('agreements', draft)));
      return created.map(({ body }) => body['id'] as string);
    }
    const actionsOf = async (id: string): Promise<string[]> => {
      expect(await verify(`agreements/${id}`)).toMatchObject({ sound: true });
      return (await entriesOf(`agreements/${id}`)).map(({ action }) => action);
    };

    it('has them in their order, written by one transaction, and tells of each because of its own request', async () => {
      const [one, other] = (await drafts(2)) as [string, string];
      const asked: [string, AgreementAction, unknown, object?][] = [
        [one, 'negotiate', 'negotiating'],
        [other, 'sign', 'action-not-allowed'],
        [one, 'agree', 'agreed', { on: { edtf: '2026' } }],
        [newId(), 'agree', 'agreement-not-found'],
        [one, 'sign', 'invalid', { on: { edtf: '2025' } }],
        [one, 'sign', 'signed'],
        [other, 'negotiate', 'negotiating'],
      ];
      const requests = asked.map(() => newId());
      const steps = asked.map(([id, action, , body]) => ({ id, action, body }));
      expect(await service.takeTogether(tenant, steps, requests)).toEqual(asked.map(([, , answer]) => answer));
      const written = 'SELECT DISTINCT xmin FROM audit_entry WHERE resource_id = ANY ($1) AND sequence > 1';
      expect(await service.database.query(written, [[one, other]])).toHaveLength(1);
      expect(await actionsOf(one)).toEqual(['created', 'negotiate', 'agree', 'sign']);
      expect(await actionsOf(other)).toEqual(['created', 'negotiate']);
      const signed = await eventually(() => service.wire.of(agreementSigned, one)[0]);
      expect(signed).toMatchObject({ sequence: 2, correlationId: requests[5], data: { version: 4 } });
      const agreed = service.wire.of(agreementAgreed, one);
      expect(agreed).toMatchObject([{ sequence: 1, correlationId: requests[2], data: { version: 3 } }]);
      expect(service.wire.about(other)).toEqual([]);
    });

    it('has each of them once, where the database refuses the step of another', async () => {
      const ids = await drafts(3);
      const check = `CHECK (id <> '${ids[1] ?? ''}' OR version = 1)`;
      await service.database.query(`ALTER TABLE agreement ADD CONSTRAINT spoilt ${check}`);
      const answers = await service.takeTogether(
        tenant,
        ids.map((id) => ({ id, action: 'negotiate' })),
      );
      await service.database.query('ALTER TABLE agreement DROP CONSTRAINT spoilt');
      expect(answers).toEqual(['negotiating', '23514', 'negotiating']);
      expect((await Promise.all(ids.map(actionsOf))).map(({ length }) => length)).toEqual([2, 1, 2]);
    });

    it('has each of them once, where two keys ask for the same in opposite orders', async () => {
      const steps = (await drafts(20)).map((id) => ({ id, action: 'negotiate' }) as const);
      const opposite = service.takeTogether({ id: tenant.id, keyId: newId() }, steps.toReversed());
      const answers = await Promise.all([service.takeTogether(tenant, steps), opposite]);
      const expected = ['negotiating', 'action-not-allowed'].flatMap((answer) => Array<string>(20).fill(answer));
      expect(answers.flat().sort()).toEqual(expected.sort());
      const trails = await Promise.all(steps.map(({ id }) => actionsOf(id)));
      expect(trails.map(({ length }) => length)).toEqual(Array(20).fill(2));
    });

    it('has a step once that was sent twice with its key, and not at all if it was rehearsed', async () => {
      const [id = ''] = await drafts(1);
      const send = (query: string, key: string) =>
        tenant.call('POST', `agreements/${id}/negotiate${query}`, { headers: { 'idempotency-key': key } });
      const rehearsed = [await send('?dryRun=true', `dry-${id}`), await send('?dryRun=true', `dry-${id}`)];
      expect(await actionsOf(id)).toEqual(['created']);
      const answers = [rehearsed, await Promise.all([send('', id), send('', id)])];
      expect(answers.flat().map(({ status, headers }) => [status, headers.get('etag')])).toEqual(
        Array(4).fill([200, '"2"']),
      );
      const replayed = answers.map((both) => both.filter(({ headers }) => headers.has('idempotency-replayed')).length);
      expect(replayed).toEqual([1, 1]);
      expect(await actionsOf(id)).toEqual(['created', 'negotiate']);
    });
  });
});
