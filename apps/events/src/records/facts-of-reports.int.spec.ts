import { all, en, inferred, many, some } from '../../test/report-words';
import { oneCaller } from '../../test/running-service';

/** What real reports say, one body a kind of fact; the demo enters the reports in full. */
describe('facts of reports', () => {
  const { call } = oneCaller();

  /** Enters the body and expects it back, word for word, from where the answer says it is. */
  const entered = async (path: string, body: object): Promise<string> => {
    const created = await call('POST', path, body);
    expect(created).toMatchObject({ status: 201, body });
    const read = await call('GET', String(created.headers.location));
    expect(read).toMatchObject({ status: 200, body });
    return created.body.id;
  };

  it('come back of a mechanism with its co-chairs, its turns and its delegations', async () => {
    const agency = await entered('/v1/organizations', {
      names: { original: 'en', texts: { en: 'Saemangeum Development Agency', ko: '새만금개발청' } },
      level: 'agency',
      economy: 'KR',
      identifiers: [{ scheme: 'lei', value: '00000000000000000098' }],
    });
    const seriesId = await entered('/v1/series', {
      names: en('China-South Korea Industrial Park Cooperative Mechanism'),
      kind: 'mechanismMeeting',
      mechanism: true,
      economies: ['CN', 'KR'],
      coChairs: [
        { side: 'CN', post: en('Vice Minister of Commerce') },
        { side: 'KR', post: en('Vice Minister of Trade, Industry and Energy') },
      ],
      hostRotation: some({ ordinal: 1, side: 'KR' }, { ordinal: 2, side: 'CN' }),
    });
    const eventId = await entered('/v1/events', {
      names: en('1st Meeting of China-South Korea Industrial Park Cooperative Mechanism'),
      kind: 'mechanismMeeting',
      seriesId,
      ordinal: 1,
      historical: true,
      status: 'closed',
      date: {
        edtf: '2015-11-30',
        asReported: 'on November 30',
        inferred: inferred('year', 'the second meeting was to be held in 2016'),
      },
      venue: { city: en('Seoul'), economy: 'KR' },
      economies: ['CN', 'KR'],
      delegatingBodies: some(
        { name: en('Department of Commerce of Shandong province'), role: 'delegatingBody', side: 'CN' },
        { organizationId: agency, role: 'delegatingBody', side: 'KR' },
      ),
      sources: [{ kind: 'news', approvedBy: 'MINISTRY OF COMMERCE,PRC', supportedBy: 'CIECC', publishedOn: null }],
    });
    await entered('/v1/events', {
      names: en('second meeting of the China-South Korea industrial park cooperative mechanism'),
      kind: 'mechanismMeeting',
      seriesId,
      ordinal: 2,
      historical: true,
      status: 'planned',
      date: { edtf: '2016' },
      venue: { economy: 'CN' },
    });
    const personId = await entered('/v1/people', {
      name: { texts: { en: 'Gao Yan', zh: '高燕' }, order: 'familyFirst' },
      economy: 'CN',
      posts: [{ title: en('Vice Minister of Commerce'), tenure: 'present' }],
    });
    await entered(`/v1/events/${eventId}/participations`, {
      personId,
      role: 'coChair',
      posts: [{ title: en('Vice Minister of Commerce') }],
      side: 'CN',
      mode: 'inPerson',
    });
    for (const query of ['高燕', 'gao yan', 'GAOYAN', 'Ｇao Ｙan']) {
      const found = await call('GET', `/v1/people?name=${encodeURIComponent(query)}`);
      expect(found.body).toMatchObject({ items: [{ id: personId }] });
    }
  });

  it('come back of an interpretation with its conditions and who gave it', async () => {
    await entered('/v1/events', {
      names: en('24th meeting of the China-Korea Joint Economic and Trade Committee'),
      kind: 'committeeSession',
      ordinal: 24,
      historical: true,
      date: { edtf: '2020-08-01', inferred: inferred('year', 'the joint plan for 2021-2025 is being prepared') },
      venue: { city: en('Qingdao'), province: en('Shandong'), economy: 'CN' },
      mode: 'inPerson',
      facts: [
        {
          kind: 'arrangement',
          text: en('A plan against the epidemic, drawn up together'),
          sides: ['CN', 'KR'],
        },
        {
          kind: 'condition',
          title: en('fast channel'),
          text: en('For people on important business, and others'),
        },
        {
          kind: 'significance',
          text: en('the first such meeting since the outbreak'),
          certainty: 'disputed',
          sources: [{ kind: 'interpretation', speaker: { post: en('head of the Asian Department') } }],
        },
      ],
    });
  });

  it('come back of a conference within a day within a fair, its zone and its places', async () => {
    const changchun = await entered('/v1/places', {
      names: en('Changchun'),
      kind: 'city',
      economy: 'CN',
      facts: [{ kind: 'background', text: en('Most tourists from abroad come from South Korea') }],
    });
    await entered(`/v1/places/${changchun}/relationships`, {
      kind: 'sisterCity',
      economy: 'KR',
      partners: { items: [{ name: en('Ulsan') }], completeness: 'illustrative', count: many('6', 'city') },
    });
    const zoneId = await entered('/v1/zones', {
      names: en('China-ROK (Changchun) International Cooperation Demonstration Zone'),
      kind: 'demonstrationZone',
      placeId: changchun,
      economies: ['CN', 'KR'],
      strategies: some(
        { name: en('Belt and Road Initiative'), ownerSide: 'CN' },
        { name: en('Grassland Road'), ownerSide: 'MN' },
      ),
    });
    const fair = { kind: 'fair', historical: true, label: '2020' };
    const ciftis = await entered('/v1/events', {
      ...fair,
      names: en('China International Fair for Trade in Services'),
    });
    const day = await entered('/v1/events', {
      names: en('Jilin Province Day'),
      kind: 'themeDay',
      historical: true,
      parentId: ciftis,
    });
    const conference = await entered('/v1/events', {
      names: en('global promotion conference'),
      kind: 'promotionConference',
      historical: true,
      parentId: day,
      date: { edtf: '2020-09-03', dayPart: 'afternoon', asReported: 'On the afternoon of September 3' },
      venue: { hotel: en('Changbaishan International Hotel'), city: en('Beijing'), economy: 'CN' },
      groups: all({ text: en('heads of the Jilin provincial government'), role: 'attendee', side: 'CN' }),
    });
    await entered(`/v1/events/${conference}/sessions`, {
      names: en('Release by the zone'),
      kind: 'release',
      zoneId,
      releases: [
        { kind: 'industrialDirection', text: en('industrial direction') },
        { kind: 'majorProject', text: en('major projects') },
        { kind: 'investmentPolicy', text: en('investment promotion policies') },
      ],
      presenters: some({ text: en('relevant heads of Jilin province') }),
    });
    await entered('/v1/figures', {
      subject: { eventId: conference },
      metric: 'participants',
      quantity: {
        qualifier: 'moreThan',
        lower: '100',
        inclusive: false,
        unit: 'person',
        asReported: 'More than 100 people',
      },
      includes: [
        { quantity: many('24', 'enterprise'), economy: 'KR', text: en('South Korean enterprises') },
        { quantity: many('35', 'enterprise'), economy: 'CN', text: en('well-known domestic enterprises') },
      ],
      includesCompleteness: 'illustrative',
    });
    const parts = await call('GET', `/v1/events?parentId=${day}`);
    expect(parts.body).toMatchObject({ items: [{ id: conference }] });
  });

  it('keep code lists open', async () => {
    const body = { code: 'karaoke', names: en('Karaoke evening') };
    expect((await call('POST', '/v1/code-lists/event-kinds/codes', body)).status).toBe(201);
    expect((await call('POST', '/v1/code-lists/event-kinds/codes', body)).status).toBe(409);
    const { items } = (await call('GET', '/v1/code-lists/event-kinds/codes')).body as unknown as { items: object[] };
    expect(items).toContainEqual(expect.objectContaining({ list: 'event-kinds', ...body, origin: 'tenant' }));
    expect(items[0]).toMatchObject({ code: 'forum', names: { texts: { zh: '论坛', ko: '포럼', ja: 'フォーラム' } } });
  });
});
