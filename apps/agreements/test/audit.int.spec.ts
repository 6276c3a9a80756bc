import { type ChainVerified } from '@expo-accord/audit';
import { newId } from '@expo-accord/database';
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
});
