import {
  commitmentAssessed,
  eventCancelled,
  eventChanged,
  eventClosed,
  eventPublished,
  type EventSnapshot,
} from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { DataSource } from 'typeorm';
import { resetConsumer } from '../../../test/support/reset-consumer';
import { until } from '../../../test/support/until';
import { FULFILMENT_CONSUMER } from '../src/fulfilment/fulfilment.consumer';
import { Fulfilment } from '../src/fulfilment/fulfilment.entity';
import { Fulfilments } from '../src/fulfilment/fulfilment.service';
import { AgreementsService, type Tenant } from './agreements-service';
import { secondMeeting } from './reports';

interface Assessment {
  id: string;
  createdAt: string;
  outcome: string;
  eventId: string | null;
  differs?: { texts: { en: string } };
  evidence?: object[];
}

const nowhere = { placeId: null, hall: null, hotel: null, city: null, province: null };
const inChina = { ...nowhere, economy: 'CN' };
const inKorea = { ...nowhere, economy: 'KR' };
const second: Partial<EventSnapshot> = {
  ordinal: 2,
  status: 'closed',
  date: { edtf: '2016-11-30' },
  startsAt: null,
  venue: inChina,
};

describe('an event that fulfils a commitment', () => {
  let service: AgreementsService;
  let tenant: Tenant;
  let commitmentId: string;

  beforeAll(async () => {
    service = await AgreementsService.start();
  }, 60_000);
  afterAll(async () => {
    await service.stop();
  });
  beforeEach(async () => {
    tenant = service.tenant();
    commitmentId = String((await tenant.post('commitments', secondMeeting)).body['id']);
  });

  /** What the events service would say of the event from now on. */
  const anEvent = (tenantId = tenant.id, eventId = newId()) => ({
    eventId,
    says: (contract: typeof eventPublished, data: Partial<EventSnapshot>) =>
      service.wire.say(contract, tenantId, eventId, { ...second, eventId, fulfils: [commitmentId], ...data }),
  });
  const assessments = async (): Promise<Assessment[]> =>
    (await tenant.get<{ items: Assessment[] }>(`commitments/${commitmentId}/assessments`)).body.items;
  const outcomes = async (): Promise<string[]> => (await assessments()).map(({ outcome }) => outcome);
  const untilJudged = (times: number): Promise<Assessment[]> => until(assessments, ({ length }) => length === times);
  const fulfilments = async (): Promise<{ eventId: string; status: string }[]> =>
    (await tenant.get<{ items: { eventId: string; status: string }[] }>(`commitments/${commitmentId}/fulfilments`)).body
      .items;
  const untilNamed = (eventId: string, status: string): Promise<unknown> =>
    until(fulfilments, (items) => items.some((each) => each.eventId === eventId && each.status === status));

  it('makes it met once it was held on time and there, with the event as evidence, and tells so', async () => {
    const { eventId, says } = anEvent();
    await says(eventPublished, { status: 'published' });
    await untilNamed(eventId, 'published');
    expect(await outcomes()).toEqual([]);
    const url = `https://api.example.org/v1/events/${eventId}`;
    await says(eventClosed, { url, names: { original: 'en', texts: { en: 'The second meeting' } } });
    expect(await untilJudged(1)).toMatchObject([
      {
        outcome: 'met',
        eventId,
        evidence: [{ kind: 'record', title: 'The second meeting', url }],
        certainty: 'inferred',
      },
    ]);
    expect((await tenant.get(`commitments/${commitmentId}`)).body).toMatchObject({ assessment: 'met', version: 2 });
    const [told] = await until(
      () => service.wire.of(commitmentAssessed, commitmentId),
      ({ length }) => length === 1,
    );
    expect(told?.data).toMatchObject({ assessment: 'met', historical: true });
    expect(service.wire.violations()).toEqual([]);
    const audited = await service.database.query(
      `SELECT key_id, action FROM audit_entry WHERE resource_id = '${commitmentId}' ORDER BY id`,
    );
    expect(audited).toMatchObject([{ action: 'created' }, { action: 'assessed', key_id: FULFILMENT_CONSUMER }]);
  });

  it('is judged anew whenever its date, its place or its status is put right, and every judgement stays', async () => {
    const { eventId, says } = anEvent();
    await says(eventPublished, { date: { edtf: '2017-03' } });
    await untilJudged(1);
    await says(eventChanged, { date: { edtf: '2016-03' }, venue: inKorea });
    await untilJudged(2);
    await says(eventChanged, { date: { edtf: '2016-03' } });
    await untilJudged(3);
    await says(eventCancelled, { status: 'cancelled' });
    await untilJudged(4);
    await says(eventChanged, { status: 'cancelled', label: 'still cancelled' });
    await says(eventChanged, { venue: null });
    const all = await untilJudged(5);
    expect(all.map(({ outcome, differs }) => [outcome, differs?.texts.en])).toEqual([
      ['partiallyMet', 'It was held late: 2017-03, and was due 2016.'],
      ['partiallyMet', 'It was held elsewhere: in KR, not in CN.'],
      ['met', undefined],
      ['noEvidence', undefined],
      ['noEvidence', undefined],
    ]);
    expect(new Set(all.map((each) => each.eventId))).toEqual(new Set([eventId]));
  });

  it('is judged once, however often its messages come, also when all of them come again from the first', async () => {
    const { eventId, says } = anEvent();
    const late = await says(eventPublished, { date: { edtf: '2017-03' } });
    await untilJudged(1);
    const onTime = await says(eventChanged, {});
    await untilJudged(2);
    await service.wire.send(late, onTime, late);
    await resetConsumer(service.app.get(DataSource), FULFILMENT_CONSUMER);
    await says(eventChanged, { ordinal: 3 });
    expect((await untilJudged(3)).map(({ outcome }) => outcome)).toEqual(['partiallyMet', 'met', 'partiallyMet']);
    await service.restart();
    const other = anEvent();
    await other.says(eventPublished, { status: 'planned' });
    await untilNamed(other.eventId, 'planned');
    expect(await fulfilments()).toMatchObject([{ eventId, status: 'closed' }, { eventId: other.eventId }]);
    expect(await outcomes()).toHaveLength(3);
  });

  it('is not judged by what it said earlier, when a replay stops at that', async () => {
    const { eventId, says } = anEvent();
    await says(eventPublished, { date: { edtf: '2017-03' } });
    await untilJudged(1);
    await says(eventChanged, {});
    await untilJudged(2);
    const kept = await service.app.get(DataSource).getRepository(Fulfilment).findOneByOrFail({ eventId });
    const earlier = {
      tenantId: tenant.id,
      eventId,
      epoch: 1,
      sequence: 1,
      commitmentIds: [commitmentId],
      event: { ...kept.event, date: { edtf: '2017-03' } },
    };
    await service.app
      .get(DataSource)
      .transaction((manager) => service.app.get(Fulfilments).take(manager, [earlier], FULFILMENT_CONSUMER));
    expect(await outcomes()).toEqual(['partiallyMet', 'met']);
  });

  it('is no evidence any more when it no longer says so', async () => {
    const { says } = anEvent();
    await says(eventPublished, {});
    await untilJudged(1);
    await says(eventChanged, { fulfils: [] });
    expect((await untilJudged(2)).map(({ outcome }) => outcome)).toEqual(['met', 'noEvidence']);
    expect(await fulfilments()).toEqual([]);
  });

  it('said nothing of it before it could: messages of earlier releases are taken', async () => {
    const { eventId, says } = anEvent();
    await says(eventPublished, { fulfils: undefined, venue: undefined });
    await says(eventChanged, { venue: undefined });
    await untilNamed(eventId, 'closed');
    expect(await assessments()).toMatchObject([
      { outcome: 'noEvidence', note: { texts: { en: expect.any(String) as string } } },
    ]);
  });

  it('counts where another falls short, and the other where it is cancelled', async () => {
    const [late, onTime] = [anEvent(), anEvent()];
    await late.says(eventPublished, { date: { edtf: '2017' } });
    await untilJudged(1);
    await onTime.says(eventPublished, {});
    await untilJudged(2);
    await onTime.says(eventCancelled, { status: 'cancelled' });
    expect((await untilJudged(3)).map(({ outcome, eventId }) => [outcome, eventId])).toEqual([
      ['partiallyMet', late.eventId],
      ['met', onTime.eventId],
      ['partiallyMet', late.eventId],
    ]);
  });

  it('is judged anew when what was committed to is put right, and not when a person judged otherwise', async () => {
    const { eventId, says } = anEvent();
    await says(eventPublished, { date: { edtf: '2017-03' } });
    await untilJudged(1);
    const byHand = { outcome: 'notMet', evidence: [{ kind: 'news', title: 'It was another meeting' }] };
    const judged = await tenant.post<Assessment>(`commitments/${commitmentId}/assessments`, byHand);
    expect(judged.body).toMatchObject({ ...byHand, eventId: null });
    expect(judged.headers.get('location')).toBe(`/v1/assessments/${judged.body.id}`);
    expect((await tenant.get(`assessments/${judged.body.id}`)).body).toEqual(judged.body);
    expect((await service.tenant().get(`assessments/${judged.body.id}`)).status).toBe(404);
    const path = `commitments/${commitmentId}/assessments`;
    const since = await tenant.get<{ items: Assessment[] }>(`${path}?changedSince=${judged.body.createdAt}`);
    expect(since.body.items).toEqual([judged.body]);
    expect((await tenant.get(`${path}?ref=a:b`)).body).toMatchObject({ status: 422, errors: [{ pointer: '/ref' }] });
    await says(eventChanged, { date: { edtf: '2017-03' }, label: 'with a label' });
    const correct = async (due: string): Promise<unknown> => {
      const { version } = (await tenant.get(`commitments/${commitmentId}`)).body;
      const headers = { 'if-match': `"${String(version)}"` };
      const body = { due: { edtf: due } };
      return (await tenant.call('PATCH', `commitments/${commitmentId}`, { body, headers })).body['assessment'];
    };
    expect(await correct('2015')).toBe('partiallyMet');
    expect(await correct('2017')).toBe('met');
    expect((await assessments()).map(({ outcome, eventId: by }) => [outcome, by])).toEqual([
      ['partiallyMet', eventId],
      ['notMet', null],
      ['partiallyMet', eventId],
      ['met', eventId],
    ]);
  });

  it('proves nothing if it is simulated, belongs to somebody else, or names what is not there', async () => {
    const theirs = anEvent(service.tenant().id);
    await theirs.says(eventPublished, {});
    const lost = anEvent();
    await lost.says(eventPublished, { fulfils: [newId()] });
    const simulated = anEvent();
    await simulated.says(eventPublished, { synthetic: true });
    await untilNamed(simulated.eventId, 'closed');
    await until(
      () =>
        service.database.query(`SELECT 1 FROM fulfilment WHERE event_id IN ('${theirs.eventId}', '${lost.eventId}')`),
      ({ length }) => length === 2,
    );
    expect(await assessments()).toEqual([]);
    expect(await fulfilments()).toMatchObject([{ eventId: simulated.eventId, synthetic: true }]);
    expect((await service.tenant().get(`commitments/${commitmentId}/fulfilments`)).status).toBe(404);
  });
});
