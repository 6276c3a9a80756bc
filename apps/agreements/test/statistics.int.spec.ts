import { projectSigned } from '@expo-accord/contracts';
import { DataSource } from 'typeorm';
import { recountProjects } from '../src/statistics/recount-projects';
import { AgreementsService, type Tenant } from './agreements-service';
import { imported } from './imported';
import { linesOf } from './project-lines';
import { eventually } from '../../../test/support/eventually';
import { until } from '../../../test/support/until';

const en = (text: string): object => ({ original: 'en', texts: { en: text } });

interface Step {
  id: string;
  outcome: string;
  code: string | null;
}

interface Tally {
  count: number;
  money: object[];
  withoutMoney: number;
}

interface Funnels {
  funnels: { key: string; stages: { stage: string; now: Tally; reached: Tally }[]; stalled: Tally; cancelled: Tally }[];
}

describe('many projects, and what they add up to', () => {
  let service: AgreementsService;
  let tenant: Tenant;

  beforeAll(async () => {
    service = await AgreementsService.start();
  });

  beforeEach(() => {
    tenant = service.tenant();
  });

  afterAll(async () => {
    await service.stop();
  });

  const project = async (given: object = {}): Promise<string> =>
    (await tenant.post('projects', { names: en('Plant'), economies: ['CN', 'KR'], ...given })).body['id'] as string;
  const cny = (value: string): object => ({ investment: { qualifier: 'exact', value, currency: 'CNY' } });
  const signAll = async (ids: string[], query = ''): Promise<Step[]> =>
    (await tenant.post<{ items: Step[] }>(`projects/actions/sign${query}`, { ids, on: { edtf: '2023-11-30' } })).body
      .items;

  /** As statistics were computed before there were totals: from every project. */
  async function rawCount(): Promise<{ count: number; cny: string }> {
    const [row] = await service.database.query<{ count: number; cny: string }>(
      `SELECT count(*)::int AS count, sum((content -> 'investment' ->> 'value')::numeric)::text AS cny FROM project
       WHERE tenant_id = $1 AND status <> 'cancelled'`,
      [tenant.id],
    );
    return row ?? { count: 0, cny: '0' };
  }

  it('are signed in bulk, each answered for by itself, and told one by one', async () => {
    const ids = [await project(cny('1')), await project(cny('2')), await project()];
    await tenant.post(`projects/${ids[1] ?? ''}/cancel`);
    const strange = service.tenant().id;
    const rehearsed = await signAll([...ids, strange], '?dryRun=true');
    expect(rehearsed.map(({ outcome }) => outcome)).toEqual(['done', 'refused', 'done', 'refused']);
    expect((await tenant.get(`projects/${ids[0] ?? ''}`)).body).toMatchObject({ status: 'announced', version: 1 });
    const steps = await signAll([...ids, strange]);
    expect(steps).toMatchObject([
      { id: ids[0], outcome: 'done', status: 'signed', version: 2 },
      { id: ids[1], outcome: 'refused', code: 'action-not-allowed', status: 'cancelled', actions: [] },
      { id: ids[2], outcome: 'done' },
      { id: strange, outcome: 'refused', code: 'project-not-found', status: null },
    ]);
    const told = await eventually(() => {
      const messages = service.wire.of(projectSigned).filter(({ tenantId }) => tenantId === tenant.id);
      return messages.length === 2 ? messages : undefined;
    });
    expect(told[0]?.data).toMatchObject({
      version: 2,
      previous: { status: 'announced' },
      changed: ['/signedOn', '/status'],
    });
    expect((await tenant.get(`projects/${ids[0] ?? ''}`)).body).toMatchObject({ signedOn: { edtf: '2023-11-30' } });
    const none = await tenant.post('projects/actions/sign', { ids: [], on: null });
    expect(none.body['errors']).toMatchObject([{ pointer: '/ids' }]);
    const entries = await service.database.query(`SELECT 1 FROM audit_entry WHERE tenant_id = $1 AND action = 'sign'`, [
      tenant.id,
    ]);
    expect(entries).toHaveLength(2);
  });

  it('stand in a funnel of stages by edition, side and industry, in numbers and money', async () => {
    const eventId = await service.publishEvent(tenant.id);
    await eventually(async () =>
      (await tenant.get(`statistics?eventId=${eventId}`)).status === 200 ? true : undefined,
    );
    const signed = await project({ eventId, industry: 'automobiles', ...cny('10.50') });
    const stalled = await project({ eventId, industry: 'automobiles', status: 'signed' });
    const atLeast = { qualifier: 'atLeast', lower: '5', currency: 'CNY' };
    await project({ eventId, industry: 'electronicInformation', economies: ['JP'], investment: atLeast });
    await project({ status: 'cancelled', historical: true });
    for (const step of ['sign', 'register', 'start']) await tenant.post(`projects/${signed}/${step}`);
    await tenant.post(`projects/${stalled}/stall`);
    const ask = async (query: string): Promise<Funnels['funnels']> =>
      (await tenant.get<Funnels>(`statistics/funnel?${query}`)).body.funnels;
    const [ofEvent] = await ask(`eventId=${eventId}`);
    expect(ofEvent?.key).toBe(eventId);
    expect(ofEvent?.stages.map(({ stage, now, reached }) => [stage, now.count, reached.count])).toEqual([
      ['announced', 1, 3],
      ['signed', 0, 2],
      ['registered', 0, 1],
      ['underWay', 1, 1],
      ['operating', 0, 0],
    ]);
    expect(ofEvent?.stages[0]?.reached).toMatchObject({
      money: [{ qualifier: 'atLeast', lower: '15.5', currency: 'CNY' }],
      withoutMoney: 1,
    });
    expect(ofEvent?.stalled.count).toBe(1);
    expect((await ask(`by=economy&eventId=${eventId}`)).map(({ key }) => key)).toEqual(['CN', 'JP', 'KR']);
    expect((await ask('by=industry')).map(({ key }) => key)).toEqual([
      'automobiles',
      'electronicInformation',
      'unknown',
    ]);
    expect((await ask('by=event')).find(({ key }) => key === 'unknown')?.cancelled.count).toBe(1);
    expect((await tenant.get('statistics/funnel?by=colour')).status).toBe(422);
  });

  it('have totals that agree with the projects while many are changed at once, and again when counted anew', async () => {
    await imported(
      tenant,
      'project',
      linesOf(40, '', () => ({ eventId: null })),
    );
    const { body } = await tenant.get<{ items: { id: string; version: number }[] }>('projects?limit=100');
    await Promise.all(
      body.items.map(async ({ id, version }, at) => {
        if (at % 4 === 0) return tenant.post(`projects/${id}/cancel`);
        if (at % 4 === 1) return tenant.post(`projects/${id}/register`);
        const headers = { 'if-match': `"${version}"` };
        const patch = at % 4 === 2 ? cny(`${at}.25`) : { investment: null, economies: ['JP'] };
        return tenant.call('PATCH', `projects/${id}`, { body: patch, headers });
      }),
    );
    const raw = await rawCount();
    const answer = await tenant.get<{ projects: Tally & { byEconomy: Record<string, Tally> } }>('statistics');
    expect(raw.count).toBe(30);
    expect(answer.body.projects).toMatchObject({
      count: 30,
      withoutMoney: 10,
      money: [{ qualifier: 'exact', currency: 'CNY', value: raw.cny.replace(/0+$/, '') }],
      byEconomy: { JP: { count: 10 } },
    });
    const { manager } = service.app.get(DataSource);
    expect(await recountProjects(manager)).toBe(0);
    await service.database.query('UPDATE project_total SET count = count + 1 WHERE tenant_id = $1', [tenant.id]);
    expect(await recountProjects(manager)).toBeGreaterThan(0);
    expect((await tenant.get('statistics')).body['projects']).toEqual(answer.body.projects);
  });

  it('add up to the same after the many rows that the totals are the sum of were put together', async () => {
    await project(cny('12.5'));
    await project({ investment: { qualifier: 'atLeast', lower: '3', currency: 'KRW' }, industry: 'automobiles' });
    await service.database.query(
      `INSERT INTO project_total (tenant_id, event_id, synthetic, status, stalled_from, industry, economies, currency,
         qualifier, inclusive, count, value, lower, upper)
       SELECT tenant_id, event_id, synthetic, status, stalled_from, industry, economies, currency, qualifier, inclusive,
         sign * count, sign * value, sign * lower, sign * upper
         FROM project_total, generate_series(1, 1500), unnest(ARRAY[1, -1]) AS sign WHERE tenant_id = $1`,
      [tenant.id],
    );
    const before = (await tenant.get('statistics')).body['projects'];
    expect(before).toMatchObject({ count: 2 });
    const rows = async (): Promise<number> =>
      (await service.database.query('SELECT FROM project_total WHERE tenant_id = $1', [tenant.id])).length;
    await until(rows, (count) => count === 2);
    expect((await tenant.get('statistics')).body['projects']).toEqual(before);
    expect(await recountProjects(service.app.get(DataSource).manager)).toBe(0);
  });

  it('are imported from a spreadsheet’s file and exported to one', async () => {
    const file = [
      '\uFEFFexternalRefs.0.system,externalRefs.0.id,names.original,names.texts.en,names.texts.zh,investment.qualifier,investment.value,investment.currency,status',
      'sheet,1,zh,"Plant, second phase",电池厂,exact,1500000000.50,CNY,signed',
      'sheet,2,en,Port,,exact,-5,CNY,',
      'sheet,3,en,Park,,exact,5,XXY,',
    ].join('\r\n');
    const { job, results } = await imported(tenant, 'project', file, { headers: { 'content-type': 'text/csv' } });
    expect(job.refused).toBe(2);
    const pointers = results.flatMap(({ errors = [] }) => errors.map(({ pointer }) => pointer));
    expect(pointers).toEqual(['/investment/value', '/investment/currency']);
    const headers = { accept: 'text/csv' };
    const exported = (await tenant.call<string>('GET', 'projects', { headers })).body.split('\r\n');
    expect(exported).toHaveLength(3);
    expect(exported[0]).toMatch(/^id,status,industry,eventId,.*names\.texts\.zh/);
    expect(exported[1]).toContain('"Plant, second phase"');
    expect(exported[1]).toContain('1500000000.50');
    const wrong = await tenant.call('POST', 'projects/imports', {
      body: 'colour\r\nred',
      headers: { 'content-type': 'text/csv' },
    });
    expect(wrong.body).toMatchObject({ status: 422, errors: [{ pointer: '/colour', code: 'unknown-field' }] });
  });

  it('refuse an investment that is negative or in no currency, and an event that nobody knows yet', async () => {
    const post = async (given: object) => tenant.post('projects', { names: en('Plant'), ...given });
    expect((await post(cny('-1'))).body).toMatchObject({ status: 422, errors: [{ pointer: '/investment/value' }] });
    const unknown = { investment: { qualifier: 'exact', value: '1', currency: 'XXY' } };
    expect((await post(unknown)).body).toMatchObject({ errors: [{ pointer: '/investment/currency' }] });
    const persons = { investment: { qualifier: 'exact', value: '1', unit: 'person' } };
    expect((await post(persons)).body).toMatchObject({ errors: [{ pointer: '/investment/currency' }] });
    const early = await post({ eventId: service.tenant().id });
    expect(early).toMatchObject({
      status: 404,
      body: { errors: [{ pointer: '/eventId', code: 'event-not-yet-known' }] },
    });
    expect(early.headers.get('retry-after')).toBe('1');
    expect((await tenant.get<{ items: unknown[] }>('projects')).body.items).toEqual([]);
  });
});
