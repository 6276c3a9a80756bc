import {
  agreementSigned,
  type DataOf,
  type MessageContract,
  projectCorrected,
  projectSigned,
  registrationMessages,
} from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { rebuildReadModel } from '@expo-accord/messaging';
import { type Said } from '../../../../test/support/message-wire';
import { until } from '../../../../test/support/until';
import { type Answer, runService, type RunningService } from '../../test/running-service';
import { createApp } from '../app';
import { readModels } from '../database/read-models';
import { type SeriesStatistics } from './statistics.dto';

const names = (en: string): object => ({ original: 'en', texts: { en } });
const [registered, corrected, cancelled, checkedIn] = registrationMessages;
const cny = (value: string): { qualifier: 'exact'; value: string; currency: string } => ({
  qualifier: 'exact',
  value,
  currency: 'CNY',
});

describe('statistics of a series', () => {
  let service: RunningService;
  let call: Awaited<ReturnType<RunningService['caller']>>['call'];
  let tenantId: string;

  beforeAll(async () => {
    service = await runService();
  });
  afterAll(async () => {
    await service.stop();
  });
  beforeEach(async () => {
    ({ call, tenantId } = await service.caller());
  });

  const says = <C extends MessageContract>(contract: C, aggregateId: string, data: Partial<DataOf<C>>): Said =>
    service.wire.prepare(contract, tenantId, aggregateId, data);
  const create = async (path: string, body: object): Promise<string> => (await call('POST', path, body)).body.id;
  const statistics = async (seriesId: string): Promise<SeriesStatistics> =>
    (await call('GET', `/v1/series/${seriesId}/statistics`)).body as unknown as SeriesStatistics;
  const rowOf = (of: Pick<SeriesStatistics, 'rows'>, metric: string) => of.rows.find((row) => row.metric === metric);
  const computed = (of: Pick<SeriesStatistics, 'rows'>, metric: string) => {
    const figure = rowOf(of, metric)?.computed;
    return figure && 'value' in figure ? figure.value : null;
  };
  const edition = (seriesId: string, ordinal: number): Promise<string> =>
    create('/v1/events', {
      names: names(`Edition ${ordinal}`),
      kind: 'exposition',
      seriesId,
      ordinal,
      historical: true,
      status: 'closed',
    });

  const oneOfEach = (eventId: string): Said[] => {
    const [came, stayedAway, gaveUp] = [newId(), newId(), newId()];
    const confirmed = { status: 'confirmed', category: 'buyer', economy: 'KR', mode: 'inPerson' } as const;
    const [factory, park] = [newId(), newId()];
    return [
      ...[came, stayedAway, gaveUp].map((registrationId) =>
        says(registered, registrationId, { registrationId, eventId, status: 'confirmed', previous: null }),
      ),
      says(checkedIn, came, { registrationId: came, eventId, status: 'checkedIn', previous: confirmed }),
      says(corrected, stayedAway, { eventId, status: 'confirmed', category: 'press', previous: confirmed }),
      says(cancelled, gaveUp, { eventId, status: 'cancelled', previous: confirmed }),
      says(projectSigned, factory, { projectId: factory, eventId, investment: cny('0.10') }),
      says(projectSigned, park, {
        projectId: park,
        eventId,
        investment: { qualifier: 'moreThan', lower: '5', inclusive: false, currency: 'CNY' },
      }),
      says(projectCorrected, factory, {
        projectId: factory,
        eventId,
        investment: cny('0.20'),
        previous: { status: 'signed', investment: cny('0.10'), eventId, industry: null },
      }),
      says(agreementSigned, newId(), { agreementId: newId(), eventId, status: 'signed' }),
    ];
  };

  it('are computed from messages alone, with the weakest qualifier, however often the messages come', async () => {
    const seriesId = await create('/v1/series', { names: names('Expo'), kind: 'exposition', synthetic: true });
    const eventId = await edition(seriesId, 1);
    const opening = await create('/v1/events', { names: names('Opening'), kind: 'ceremony', parentId: eventId });
    const messages = [...oneOfEach(eventId), ...oneOfEach(opening)];
    await service.wire.send(...messages);
    await service.wire.send(...messages);
    const last = newId();
    await service.wire.send(
      says(registered, last, { registrationId: last, eventId, status: 'confirmed', previous: null }),
    );
    const found = await until(
      () => statistics(seriesId),
      (of) =>
        computed(of, 'registered') === '5' && computed(of, 'agreements') === '2' && computed(of, 'projects') === '4',
    );
    expect(found).toMatchObject({ synthetic: true });
    expect(computed(found, 'checkedIn')).toBe('2');
    expect(rowOf(found, 'investment')).toMatchObject({
      currency: 'CNY',
      computed: { qualifier: 'moreThan', lower: '10.4', inclusive: false, currency: 'CNY', basis: 'projects' },
    });
    expect(found.editions).toHaveLength(1);
    expect(computed(found.editions[0]!, 'registered')).toBe('5');
  });

  it('come out the same after a rebuild, and are read all the while', async () => {
    const seriesId = await create('/v1/series', { names: names('Expo'), kind: 'exposition' });
    const eventId = await edition(seriesId, 1);
    await service.wire.send(...oneOfEach(eventId));
    const complete = (of: SeriesStatistics): boolean =>
      computed(of, 'registered') === '2' && computed(of, 'projects') === '2' && computed(of, 'agreements') === '1';
    const before = await until(() => statistics(seriesId), complete);
    await service.db.query('UPDATE counted_registrations SET count = count + 1');
    const seen: unknown[] = [];
    let isOver = false;
    const read = async (): Promise<void> => {
      do seen.push(computed(await statistics(seriesId), 'registered'));
      while (!isOver);
    };
    const reading = read();
    const { tables } = await rebuildReadModel(await createApp(service.config), readModels, 'events.statistics');
    isOver = true;
    await reading;
    // What stood there until the switch, and what stands there since.
    expect([...new Set(seen)].filter((value) => value !== '4' && value !== '2')).toEqual([]);
    expect(seen[0]).toBe('4');
    expect(tables.find(({ table }) => table === 'counted_registrations')).toMatchObject({ added: 0, removed: 0 });
    const after = await statistics(seriesId);
    expect([after.rows, after.editions]).toEqual([before.rows, before.editions]);
  });

  it('show what was reported beside it and say how much of it is known one by one', async () => {
    const seriesId = await create('/v1/series', { names: names('Trade and Investment Expo'), kind: 'exposition' });
    const report = (metric: string, quantity: object): Promise<Answer> =>
      call('POST', '/v1/figures', {
        subject: { seriesId },
        metric,
        quantity,
        covers: { items: [{ label: 'five editions since 2019' }], completeness: 'exhaustive' },
        sources: [{ kind: 'news', publisher: 'Cfowhy News' }],
      });
    await report('projects', { qualifier: 'exact', value: '191', unit: 'project' });
    await report('participants', { qualifier: 'moreThan', lower: '100000', inclusive: false, unit: 'person' });
    await report('businessVolume', { qualifier: 'approx', value: '7000000000', currency: 'USD' });
    const nothingKnown = await statistics(seriesId);
    expect(rowOf(nothingKnown, 'projects')).toMatchObject({
      computed: null,
      reported: [
        { value: '191', itemised: '0', notItemised: { value: '191' }, sources: [{ publisher: 'Cfowhy News' }] },
      ],
    });
    expect(rowOf(nothingKnown, 'participants')?.reported).toMatchObject([{ qualifier: 'moreThan', lower: '100000' }]);
    expect(rowOf(nothingKnown, 'businessVolume')).toMatchObject({ currency: 'USD', computed: null });
    const eventId = await edition(seriesId, 5);
    const three = [newId(), newId(), newId()];
    await service.wire.send(
      ...three.map((projectId) => says(projectSigned, projectId, { projectId, eventId, investment: null })),
    );
    const known = await until(
      () => statistics(seriesId),
      (of) => computed(of, 'projects') === '3',
    );
    expect(rowOf(known, 'projects')?.reported).toMatchObject([
      { value: '191', itemised: '3', notItemised: { value: '188' } },
    ]);
  });

  it('keep reports that disagree, each with its source, and add them neither to each other nor to what was counted', async () => {
    const seriesId = await create('/v1/series', { names: names('Expo'), kind: 'exposition' });
    const [first, second] = [await edition(seriesId, 1), await edition(seriesId, 2)];
    const people = (value: string): object => ({ qualifier: 'approx', value, unit: 'person' });
    const report = (subject: object, value: string, publisher: string): Promise<string> =>
      create('/v1/figures', {
        subject,
        metric: 'participants',
        quantity: people(value),
        certainty: 'disputed',
        sources: [{ kind: 'news', publisher }],
      });
    await report({ seriesId }, '5000', 'One newspaper');
    await report({ seriesId }, '4000', 'Another newspaper');
    await report({ eventIds: [first, second] }, '3000', 'The organiser');
    await report({ eventId: first }, '1000', 'The organiser');
    await service.wire.send(...oneOfEach(first));
    const found = await until(
      () => statistics(seriesId),
      (of) => computed(of, 'participants') === '2',
    );
    expect(rowOf(found, 'participants')).toEqual({
      metric: 'participants',
      currency: null,
      computed: { qualifier: 'exact', value: '2', unit: 'person', basis: 'registrations' },
      reported: [
        ['5000', 'One newspaper'],
        ['4000', 'Another newspaper'],
        ['3000', 'The organiser'],
      ].map(([value = '', publisher]) => ({
        ...people(value),
        figureId: expect.any(String) as string,
        certainty: 'disputed',
        sources: [{ kind: 'news', publisher }],
      })),
    });
    const ofFirst = found.editions.find(({ eventId }) => eventId === first);
    expect(rowOf(ofFirst ?? { rows: [] }, 'participants')).toMatchObject({
      computed: { value: '2' },
      reported: [{ ...people('1000'), sources: [{ publisher: 'The organiser' }] }],
    });
    const ofSecond = found.editions.find(({ eventId }) => eventId === second);
    expect(rowOf(ofSecond ?? { rows: [] }, 'participants')).toMatchObject({ computed: null, reported: [] });
  });

  it('take nothing from another tenant', async () => {
    const seriesId = await create('/v1/series', { names: names('Ours'), kind: 'exposition' });
    const eventId = await edition(seriesId, 1);
    const [theirs, ours] = [newId(), newId()];
    const confirmed = { eventId, status: 'confirmed', previous: null } as const;
    await service.wire.send(
      service.wire.prepare(registered, newId(), theirs, { registrationId: theirs, ...confirmed }),
      says(registered, ours, { registrationId: ours, ...confirmed }),
    );
    await until(
      () =>
        service.db.query<{ sum: string }>('SELECT sum(count) FROM counted_registrations WHERE event_id = $1', [
          eventId,
        ]),
      ([row]) => row?.sum === '2',
    );
    expect(computed(await statistics(seriesId), 'registered')).toBe('1');
  });
});
