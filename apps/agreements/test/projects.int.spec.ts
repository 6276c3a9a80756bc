import {
  projectAnnounced,
  projectCorrected,
  projectProgressed,
  projectRecorded,
  projectSigned,
} from '@expo-accord/contracts';
import { addQuantities } from '@expo-accord/values';
import { AgreementsService, type Tenant } from './agreements-service';
import { imported, type Job } from './imported';
import { linesOf } from './project-lines';
import { eventually } from '../../../test/support/eventually';

const en = (text: string): object => ({ original: 'en', texts: { en: text } });

describe('projects over HTTP, PostgreSQL and Kafka', () => {
  let service: AgreementsService;

  beforeAll(async () => {
    service = await AgreementsService.start();
  });

  afterAll(async () => {
    await service.stop();
  });

  /** A tenant with an event that the service has heard of. */
  async function atAnEvent(synthetic = true): Promise<{ tenant: Tenant; eventId: string }> {
    const tenant = service.tenant();
    const eventId = await service.publishEvent(tenant.id, { synthetic });
    await eventually(async () =>
      (await tenant.get(`statistics?eventId=${eventId}`)).status === 200 ? true : undefined,
    );
    return { tenant, eventId };
  }

  it('takes a project through its life, and tells what it counted as before', async () => {
    const tenant = service.tenant();
    const investment = {
      qualifier: 'approx',
      value: '1500000000',
      currency: 'CNY',
      asReported: 'about 1.5 billion yuan',
    };
    const { body } = await tenant.post('projects', {
      names: en('Battery plant'),
      industry: 'newEnergyEquipment',
      investment,
    });
    const id = body['id'] as string;
    await tenant.post(`projects/${id}/sign`, { on: { edtf: '2023-11-30' } });
    await tenant.post(`projects/${id}/stall`);
    await tenant.post(`projects/${id}/resume`);
    const refused = await tenant.post(`projects/${id}/operate`);
    expect(refused.body).toMatchObject({ status: 409, actions: ['register', 'stall', 'cancel'] });
    await eventually(() => (service.wire.about(id).length === 4 ? true : undefined));
    expect(service.wire.of(projectAnnounced, id)[0]?.data).toMatchObject({ status: 'announced', previous: null });
    expect(service.wire.of(projectSigned, id)[0]).toMatchObject({
      sequence: 2,
      data: { previous: { status: 'announced', investment, eventId: null, industry: 'newEnergyEquipment' } },
    });
    expect(service.wire.of(projectProgressed, id).map(({ data }) => data.status)).toEqual(['stalled', 'signed']);
  });

  it('records history at any status, and refuses it otherwise', async () => {
    const tenant = service.tenant();
    const plant = { names: en('Kia plant'), economies: ['KR'], status: 'operating', certainty: 'stated' };
    expect((await tenant.post('projects', plant)).body['errors']).toMatchObject([{ code: 'status-needs-history' }]);
    const { body } = await tenant.post('projects', { ...plant, historical: true });
    const message = await eventually(() => service.wire.of(projectRecorded, body['id'] as string)[0]);
    expect(message.data).toMatchObject({ historical: true, status: 'operating', economies: ['KR'] });
  });

  it('imports 191 projects whose investment adds up to exactly CNY 270000000000, and nothing when sent twice', async () => {
    const { tenant, eventId } = await atAnEvent();
    const lines = linesOf(191, eventId);
    const first = await imported(tenant, 'project', lines);
    expect(first.job).toMatchObject({ created: 191, refused: 0 });
    expect(first.results.map(({ line }) => line)).toEqual(Array.from({ length: 191 }, (_, at) => at + 1));
    const ofTenant = (): typeof service.wire.heard =>
      service.wire.heard.filter(({ tenantId }) => tenantId === tenant.id);
    await eventually(() => (ofTenant().length === 191 ? true : undefined));

    const again = await imported(tenant, 'project', lines, { query: '?onExisting=update' });
    expect(again.job).toMatchObject({ created: 0, updated: 0, unchanged: 191 });
    const skipped = await imported(tenant, 'project', lines);
    expect(skipped.job).toMatchObject({ created: 0, skipped: 191 });

    const { body } = await tenant.get(`statistics?eventId=${eventId}`);
    const money = [{ qualifier: 'exact', value: '270000000000', currency: 'CNY' }];
    expect(body).toMatchObject({ synthetic: true, projects: { count: 191, money, withoutMoney: 0 } });
    expect(body).toMatchObject({ projects: { byEconomy: { KR: { count: 191, money } } } });
    // The messages alone add up to the same, and nothing was said twice.
    const signed = service.wire.of(projectSigned).filter(({ tenantId }) => tenantId === tenant.id);
    expect(addQuantities(signed.flatMap(({ data }) => data.investment ?? []))).toEqual(money);
    expect(signed.every(({ data }) => data.synthetic && data.eventId === eventId)).toBe(true);
    const [streams] = await service.database.query<{ said: string }>(
      `SELECT sum(last_sequence) AS said FROM message_stream s JOIN project p ON s.source = '/projects/' || p.id
       WHERE p.tenant_id = $1`,
      [tenant.id],
    );
    expect(streams?.said).toBe('191');
    expect(service.wire.violations()).toEqual([]);
  });

  it('gives every line its result, in order, and says why a line is refused', async () => {
    const { tenant, eventId } = await atAnEvent(false);
    const line = (given: object): string =>
      JSON.stringify({ externalRefs: [{ system: 's', id: '1' }], names: en('A'), eventId, ...given });
    const lines = [
      line({}),
      'not json',
      line({ externalRefs: undefined }),
      line({
        externalRefs: [{ system: 's', id: '2' }],
        investment: { qualifier: 'moreThan', value: '1', currency: 'CNY' },
      }),
      line({ externalRefs: [{ system: 's', id: '3' }], eventId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a6b' }),
      line({ externalRefs: [{ system: 's', id: '4' }], synthetic: true }),
      line({ externalRefs: [{ system: 's', id: '5' }], status: 'operating' }),
      line({ names: en('B') }),
      line({ status: 'operating', names: en('B') }),
      line({ externalRefs: [{ system: 's', id: '6' }], colour: 'red' }),
      line({ externalRefs: [{ system: 's', id: '7' }], names: { original: 'en', texts: { en: 'nul \0' } } }),
    ].join('\n');
    const { results } = await imported(tenant, 'project', lines, { query: '?onExisting=update' });
    expect(results.map(({ line: at, outcome, code }) => `${at} ${outcome} ${code ?? ''}`.trim())).toEqual([
      '1 created',
      '2 refused unparsable',
      '3 refused external-ref-missing',
      '4 refused invalid',
      '5 refused event-not-yet-known',
      '6 refused synthetic-contradicts-event',
      '7 refused status-needs-history',
      '8 updated',
      '9 refused action-not-allowed',
      '10 refused invalid',
      '11 refused unparsable',
    ]);
    const id = results[0]?.projectId ?? '';
    expect((await tenant.get(`projects/${id}`)).body).toMatchObject({ names: en('B'), version: 2 });
    await eventually(() => service.wire.of(projectCorrected, id)[0]);
    const refused = await tenant.get<string>(
      `project-imports/${(await jobs(tenant))[0]?.id ?? ''}/results?outcome=updated`,
    );
    expect(refused.body.trimEnd().split('\n')).toHaveLength(1);
  });

  async function jobs(tenant: Tenant): Promise<Job[]> {
    return (await tenant.get<{ items: Job[] }>('project-imports')).body.items;
  }

  it('rehearses an import without a trace, with the results it would have', async () => {
    const { tenant, eventId } = await atAnEvent();
    const twice = [linesOf(300, eventId), linesOf(300, eventId)].join('\n');
    // However many lines there are, they share a transaction, which no limit may end.
    await service.database.query(`
      CREATE FUNCTION refuse_limits() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF current_setting('transaction_timeout', true) <> '0' THEN RAISE 'The transaction is limited'; END IF;
          RETURN NULL;
        END $$;
      CREATE TRIGGER refuse_limits AFTER INSERT ON project EXECUTE FUNCTION refuse_limits()`);
    const { job, results } = await imported(tenant, 'project', twice, { query: '?dryRun=true' });
    await service.database.query('DROP TRIGGER refuse_limits ON project; DROP FUNCTION refuse_limits');
    expect(job).toMatchObject({ created: 300, skipped: 300 });
    expect(results).toHaveLength(600);
    expect((await tenant.get<{ items: unknown[] }>('projects')).body.items).toEqual([]);
    expect(
      await service.database.query('SELECT 1 FROM outbox WHERE headers->>$1 = $2', ['ce_tenant', tenant.id]),
    ).toEqual([]);
  });

  it('lets others pass an import that cannot go on, and gives it up in the end', async () => {
    const { tenant, eventId } = await atAnEvent();
    await service.database.query(`ALTER TABLE import_line ADD CHECK (result IS NULL OR input NOT LIKE '%unkept%')`);
    const unkept = linesOf(1, eventId, () => ({ externalRefs: [{ system: 'expo', id: 'unkept' }] }));
    const stuck = await tenant.post<Job>('projects/imports', unkept);
    const path = `project-imports/${stuck.body.id}`;
    const { job } = await imported(tenant, 'project', linesOf(3, eventId));
    expect(job).toMatchObject({ created: 3 });
    const failed = await eventually(async () => {
      const { body } = await tenant.get<Job>(path);
      return body.status === 'failed' ? body : undefined;
    });
    expect(failed).toMatchObject({ processed: 0, created: 0, finishedAt: expect.any(String) as string });
    expect((await tenant.post(`${path}/cancel`)).status).toBe(409);
    expect((await tenant.get<{ items: unknown[] }>('projects')).body.items).toHaveLength(3);
    await service.database.query('ALTER TABLE import_line DROP CONSTRAINT import_line_check');
  });

  it('goes on with the trace of the upload in what its lines cause', async () => {
    const { tenant, eventId } = await atAnEvent();
    const traceparent = `00-${'d'.repeat(32)}-00f067aa0ba902b7-01`;
    const options = { body: linesOf(1, eventId), headers: { traceparent } };
    await tenant.call('POST', 'projects/imports', options);
    const said = await eventually(() => service.wire.heard.find(({ tenantId }) => tenantId === tenant.id));
    expect(said).toMatchObject({ traceparent });
  });

  it('goes on where it was after a restart, and enters every line once', async () => {
    const { tenant, eventId } = await atAnEvent();
    const accepted = await tenant.post<Job>('projects/imports', linesOf(1_500, eventId));
    const path = `project-imports/${accepted.body.id}`;
    const begun = await eventually(async () => {
      const { body } = await tenant.get<Job>(path);
      return body.processed > 0 ? body : undefined;
    });
    expect(begun.processed).toBeLessThan(1_500);
    await service.restart();
    const done = await eventually(async () => {
      const { body } = await tenant.get<Job>(path);
      return body.status === 'done' ? body : undefined;
    });
    expect(done).toMatchObject({ lines: 1_500, processed: 1_500, created: 1_500 });
    const { body } = await tenant.get(`statistics?eventId=${eventId}`);
    expect(body).toMatchObject({ projects: { count: 1_500, money: [{ qualifier: 'exact', value: '270000000000' }] } });
    const signed = (): number => service.wire.of(projectSigned).filter(({ tenantId }) => tenantId === tenant.id).length;
    await eventually(() => (signed() === 1_500 ? true : undefined));
  });

  it('shows a tenant nothing of another, nor takes its codes for its own', async () => {
    const { tenant, eventId } = await atAnEvent();
    const { job, results } = await imported(tenant, 'project', linesOf(2, eventId));
    const stranger = service.tenant();
    const id = results[0]?.projectId ?? '';
    expect((await stranger.get(`projects/${id}`)).status).toBe(404);
    expect((await stranger.post(`projects/${id}/register`)).status).toBe(404);
    expect((await stranger.get(`project-imports/${job.id}`)).status).toBe(404);
    expect((await stranger.get(`project-imports/${job.id}/results`)).status).toBe(404);
    expect((await stranger.post(`project-imports/${job.id}/cancel`)).status).toBe(404);
    expect((await stranger.get(`statistics?eventId=${eventId}`)).status).toBe(404);
    const own = { externalRefs: [{ system: 'expo', id: 'p-0' }], names: en('Own') };
    const entered = await imported(stranger, 'project', JSON.stringify(own), { query: '?onExisting=update' });
    expect(entered.results).toMatchObject([{ outcome: 'created' }]);
  });
});
