import { commitmentDueSoon, commitmentOverdue } from '@expo-accord/contracts';
import { closeGracefully } from '@expo-accord/http';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { until } from '../../../test/support/until';
import { ReminderWorker } from '../src/reminders/reminder.worker';
import { AgreementsService, type Tenant } from './agreements-service';

const en = (text: string) => ({ original: 'en', texts: { en: text } });
const pledge = {
  text: en('Open a liaison office'),
  modality: 'will',
  responsible: { completeness: 'exhaustive', items: [{ economy: 'KR', name: en('Jeollabuk-do') }] },
};
const evidence = [{ kind: 'news', title: 'Opened' }];

const tellAll = async (by: readonly NestFastifyApplication[]): Promise<void> => {
  await Promise.all(by.map((app) => app.get(ReminderWorker).tellAll()));
};

interface Commitment {
  id: string;
  version: number;
  dueAt: string | null;
  dueState: string | null;
  milestones: { id: string }[];
  milestoneStates: { milestoneId: string; dueAt: string | null; dueState: string | null; assessment: string | null }[];
}

describe('what is due', () => {
  let service: AgreementsService;
  let tenant: Tenant;

  beforeAll(async () => {
    service = await AgreementsService.start();
  }, 60_000);
  afterAll(async () => {
    await service.stop();
  });
  beforeEach(() => {
    tenant = service.tenant();
    service.clock.time = '2020-01-01T00:00:00Z';
  });

  const enter = async (given: object): Promise<string> => {
    const { status, body } = await tenant.post('commitments', { ...pledge, ...given });
    expect({ status, errors: body['errors'] }).toEqual({ status: 201, errors: undefined });
    return String(body['id']);
  };
  const read = async (id: string): Promise<Commitment> => (await tenant.get<Commitment>(`commitments/${id}`)).body;
  const change = async (id: string, body: object): Promise<{ updatedAt: string }> => {
    const { version } = await read(id);
    const headers = { 'if-match': `"${version}"` };
    const changed = await tenant.call<{ updatedAt: string; errors?: object }>('PATCH', `commitments/${id}`, {
      body,
      headers,
    });
    expect({ status: changed.status, errors: changed.body.errors }).toEqual({ status: 200, errors: undefined });
    return changed.body;
  };
  /** Until nothing is left: a process that has just started looks by itself, too, and what it holds the others pass over. */
  const tellAt = async (time: string, by: readonly NestFastifyApplication[] = [service.app]): Promise<void> => {
    service.clock.time = time;
    const due = `SELECT 1 FROM commitment_reminder r JOIN commitment c ON c.id = r.commitment_id
                 WHERE c.disclosed AND r.announced_at IS NULL AND r.at <= $1`;
    await until(
      () => tellAll(by).then(() => service.database.query(due, [time])),
      (left) => left.length === 0,
    );
  };
  /** What was told of it so far: lead times, and 0 for overdue. A correction is the last word, so nothing is on its way. */
  const told = async (id: string): Promise<number[]> => {
    const { updatedAt } = await change(id, { condition: en('None') });
    const about = await until(
      () => service.wire.about(id),
      (heard) => heard.some(({ data }) => data['recordedAt'] === updatedAt),
    );
    return about
      .filter(({ type }) => type === commitmentDueSoon.type || type === commitmentOverdue.type)
      .map(({ data }) => (data['leadDays'] as number | undefined) ?? 0);
  };

  it('ends with the last day in the zone of the event, and is upcoming, due soon, overdue', async () => {
    const startsAt = { local: '2020-09-03T09:00', zone: 'Asia/Seoul' };
    const eventId = await service.publishEvent(tenant.id, { startsAt });
    const body = { ...pledge, eventId, due: { edtf: '2020-09-03/2020-12-31', asReported: 'within the year' } };
    const created = await until(
      () => tenant.post<Commitment & { synthetic: boolean }>('commitments', body),
      ({ status }) => status === 201,
    );
    const { id } = created.body;
    expect(created.body).toMatchObject({ dueAt: '2020-12-31T15:00:00.000Z', dueState: 'upcoming' });
    const found = async (query: string): Promise<string[]> =>
      (await tenant.get<{ items: Commitment[] }>(`commitments?${query}`)).body.items.map((item) => item.id);
    const states = {
      upcoming: '2020-10-02T14:59:59Z',
      dueSoon: '2020-10-02T15:00:00Z',
      overdue: '2020-12-31T15:00:00Z',
    };
    for (const [state, time] of Object.entries(states)) {
      service.clock.time = time;
      expect((await read(id)).dueState).toBe(state);
      for (const each of Object.keys(states))
        expect(await found(`dueState=${each}`)).toEqual(each === state ? [id] : []);
    }
    expect(await found('dueBefore=2020-12-31T15:00:00Z')).toEqual([]);
    expect(await found('dueBefore=2020-12-31T15:00:01Z')).toEqual([id]);

    await service.publishEvent(tenant.id, { eventId, startsAt: { ...startsAt, zone: 'Asia/Shanghai' } });
    await until(
      async () => {
        await service.app.get(ReminderWorker).tellAll();
        return (await read(id)).dueAt;
      },
      (dueAt) => dueAt === '2020-12-31T16:00:00.000Z',
    );
    await change(id, { dueZone: 'UTC' });
    expect((await read(id)).dueAt).toBe('2021-01-01T00:00:00.000Z');
  });

  it('is told once at each lead time and once overdue, also by a process started later, and by two at once', async () => {
    const ids = await Promise.all(
      Array.from({ length: 30 }, (_, nth) => enter({ due: { edtf: '2020-12-31' }, text: en(`Pledge ${nth}`) })),
    );
    await tellAt('2020-10-02T23:59:59Z');
    await tellAt('2020-10-03T00:00:00Z');
    const replica = await service.replica();
    try {
      await tellAt('2020-12-02T00:00:00Z', [replica]);
      const both = [service.app, replica];
      for (const time of ['2020-12-25T00:00:00Z', '2021-01-01T00:00:00Z']) await tellAt(time, both);
      await tellAll(both);
    } finally {
      await closeGracefully(replica);
    }
    for (const id of ids) expect(await told(id)).toEqual([90, 30, 7, 0]);
    const [first = ''] = ids;
    expect(service.wire.of(commitmentDueSoon, first)[1]?.data).toMatchObject({
      leadDays: 30,
      dueAt: '2021-01-01T00:00:00.000Z',
      recordedAt: '2020-12-02T00:00:00.000Z',
      due: { edtf: '2020-12-31' },
      milestone: null,
    });
    expect(service.wire.violations()).toEqual([]);
  });

  it('tells the nearest of several lead times that passed, and of another due date anew', async () => {
    const id = await enter({ due: { edtf: '2020-01-20' } });
    await tellAt('2020-01-02T00:00:00Z');
    expect(await told(id)).toEqual([30]);
    await change(id, { due: { edtf: '2020-02-20' } });
    await tellAt('2020-01-21T00:00:00Z');
    await tellAt('2020-01-22T00:00:00Z');
    await tellAt('2020-02-14T00:00:00Z');
    expect(await told(id)).toEqual([30, 90, 30, 7]);
    await change(id, { due: { edtf: '2020-01-20' } });
    await tellAt('2020-02-14T00:00:00Z');
    expect(await told(id)).toEqual([30, 90, 30, 7, 0]);
  });

  it('is told by lead times of its own, or else of its tenant', async () => {
    const id = await enter({ due: { edtf: '2020-12-31' }, leadDays: [60] });
    const usual = await enter({ due: { edtf: '2020-12-31' } });
    const before = await tenant.get('commitments/lead-times');
    expect(before.body).toEqual({ leadDays: [90, 30, 7], version: 0 });
    const patch = async (leadDays: unknown, version: number) =>
      tenant.call('PATCH', 'commitments/lead-times', { body: { leadDays }, headers: { 'if-match': `"${version}"` } });
    expect((await patch([14], 0)).body).toEqual({ leadDays: [14], version: 1 });
    expect((await patch([15], 0)).status).toBe(412);
    expect((await patch([0], 1)).body).toMatchObject({ status: 422, errors: [{ pointer: '/leadDays' }] });
    expect((await service.tenant().get('commitments/lead-times')).body).toMatchObject({ leadDays: [90, 30, 7] });
    await tellAt('2020-12-20T00:00:00Z');
    expect([await told(id), await told(usual)]).toEqual([[60], [14]]);
  });

  it('is not told of what was met, withdrawn, entered as history, is not public, or whose agreement ended', async () => {
    const due = { edtf: '2020-12-31' };
    const parties = { completeness: 'illustrative', items: [] };
    const agreement = async (): Promise<string> =>
      String((await tenant.post('agreements', { type: 'mou', titles: en('MoU'), binding: false, parties })).body['id']);
    const act = async (id: string, ...actions: string[]): Promise<void> => {
      for (const action of actions) expect((await tenant.post(`agreements/${id}/${action}`)).status).toBe(200);
    };
    const [drafted, ended] = [await agreement(), await agreement()];
    await act(ended, 'negotiate', 'agree', 'sign');
    const met = await enter({ due });
    const withdrawn = await enter({ due });
    const history = await enter({ due, historical: true });
    const ofDraft = await enter({ due, agreementId: drafted });
    const ofEnded = await enter({ due, agreementId: ended });
    const partly = await enter({ due });
    expect((await tenant.post(`commitments/${met}/assessments`, { outcome: 'met', evidence })).status).toBe(201);
    const partially = { outcome: 'partiallyMet', evidence, differs: en('One office of two') };
    expect((await tenant.post(`commitments/${partly}/assessments`, partially)).status).toBe(201);
    await change(withdrawn, { withdrawn: true });
    await act(ended, 'terminate');
    await tellAt('2021-01-01T00:00:00Z');
    for (const id of [met, withdrawn, history, ofEnded]) expect(await told(id)).toEqual([]);
    expect(await told(partly)).toEqual([0]);
    expect(service.wire.about(ofDraft)).toEqual([]);
    const states = [met, withdrawn, ofEnded, history, partly].map(async (id) => (await read(id)).dueState);
    expect(await Promise.all(states)).toEqual([null, null, null, 'overdue', 'overdue']);
    await act(drafted, 'negotiate', 'agree');
    await tellAt('2021-01-02T00:00:00Z');
    expect(await told(ofDraft)).toEqual([0]);
    await tenant.post(`commitments/${met}/assessments`, { outcome: 'noEvidence' });
    await tellAt('2021-01-02T00:00:00Z');
    expect(await told(met)).toEqual([0]);
  });

  it('may be a milestone, which is assessed and told of by itself', async () => {
    const [first, second] = [
      { text: en('Agree on the venue'), due: { edtf: '2020-03' } },
      { text: en('Sign the lease'), due: { edtf: '2020-06' } },
    ];
    const id = await enter({ due: { edtf: '2020-12-31' }, leadDays: [], milestones: [first, second] });
    const { milestones, milestoneStates } = await read(id);
    expect(milestones).toMatchObject([first, second]);
    expect(milestoneStates).toMatchObject([
      { milestoneId: milestones[0]?.id, dueAt: '2020-04-01T00:00:00.000Z', dueState: 'upcoming', assessment: null },
      { milestoneId: milestones[1]?.id, dueAt: '2020-07-01T00:00:00.000Z', dueState: 'upcoming', assessment: null },
    ]);
    const judged = { outcome: 'met', evidence, milestoneId: milestones[0]?.id };
    expect((await tenant.post(`commitments/${id}/assessments`, judged)).body).toMatchObject({ ...judged, evidence });
    expect(await read(id)).toMatchObject({
      assessment: null,
      milestoneStates: [{ assessment: 'met', dueAt: null, dueState: null }, { assessment: null }],
    });
    const identified = [first, second].map((step, place) => ({ ...step, id: milestones[place]?.id }));
    await change(id, { milestones: identified.reverse() });
    await tellAt('2020-07-01T00:00:00Z');
    expect(await told(id)).toEqual([0]);
    const [overdue] = service.wire.of(commitmentOverdue, id);
    expect(overdue?.data).toMatchObject({
      dueAt: '2020-07-01T00:00:00.000Z',
      milestone: { milestoneId: milestones[1]?.id, ...second, assessment: null },
    });
    const unknown = { outcome: 'noEvidence', milestoneId: id };
    expect((await tenant.post(`commitments/${id}/assessments`, unknown)).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '/milestoneId', code: 'milestone-unknown' }],
    });
    expect((await tenant.post('commitments', { ...pledge, milestones: [{ ...first, id }] })).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '/milestones/0/id', code: 'milestone-unknown' }],
    });
  });
});
