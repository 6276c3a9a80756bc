import { organizationMerged, organizationRecorded, personMerged, placeMerged } from '@expo-accord/contracts';
import { until } from '../../../../test/support/until';
import { publishableEvent } from '../../test/publishable-event';
import { all, en } from '../../test/report-words';
import { type Answer, oneCaller } from '../../test/running-service';

describe('two records of the same', () => {
  const { call, enter, service } = oneCaller();

  const organization = (name: string, more: object = {}): Promise<string> =>
    enter('/v1/organizations', { names: en(name), ...more });
  const merge = (path: string, id: string, intoId: string, version = 1, query = ''): Promise<Answer> =>
    call('POST', `/v1/${path}/${id}/merge${query}`, { intoId }, { 'if-match': `"${version}"` });
  const read = async (path: string): Promise<Answer['body']> => (await call('GET', `/v1/${path}`)).body;

  it('become one organisation: everything leads to the one that stays, and others are told', async () => {
    const ref = { system: 'expo-a', id: 'motie' };
    const lei = { scheme: 'lei', value: '529900T8BM49AURSDO55' };
    const kept = await organization('Ministry of Trade, Industry and Energy', { level: 'ministry', economy: 'KR' });
    const twin = await organization('MOTIE', {
      aliases: [{ names: { original: 'ko', texts: { ko: '산업통상자원부' } } }],
      identifiers: [lei],
      externalRefs: [ref],
    });
    const below = await organization('Trade office', { parentId: twin });
    const person = await enter('/v1/people', {
      name: { texts: { en: 'Kim Min-su' }, order: 'familyFirst' },
      posts: [
        { title: en('Director'), organizationId: kept },
        { title: en('Minister'), organizationId: twin },
      ],
    });
    const series = await enter('/v1/series', {
      names: en('Committee'),
      kind: 'mechanismMeeting',
      coChairs: [{ side: 'KR', organizationId: twin }],
      organizers: all({ organizationId: twin, role: 'organizer' }),
    });
    const event = await enter(
      '/v1/events',
      publishableEvent(`About ${twin}`, {
        hosts: all({ organizationId: kept, role: 'host' }, { organizationId: twin, role: 'coHost', name: en('MOTIE') }),
        delegatingBodies: all({ organizationId: twin, side: 'KR' }),
        groups: all({ text: en('heads of bureaus'), organizationId: twin }),
      }),
    );
    const session = await enter(`/v1/events/${event}/sessions`, {
      names: en('Release'),
      kind: 'release',
      presenters: all({ text: en('heads of the ministry'), organizationId: twin }),
    });
    const participation = await enter(`/v1/events/${event}/participations`, {
      personId: person,
      role: 'speaker',
      organizationId: twin,
      posts: [{ title: en('Minister'), organizationId: twin }],
    });
    const zone = await enter('/v1/zones', {
      names: en('Park'),
      kind: 'industrialPark',
      strategies: all({ name: en('New Southern Policy'), ownerOrganizationId: twin }),
      organizations: all({ organizationId: twin }),
      catalogue: all({ kind: 'investmentPolicy', text: en('Rent'), contact: { organizationId: twin } }),
    });
    const figure = await enter('/v1/figures', {
      subject: { eventId: event },
      metric: 'participants',
      quantity: { qualifier: 'exact', value: '5', unit: 'person' },
      includes: [{ organizationId: twin }],
    });

    const rehearsed = await merge('organizations', twin, kept, 1, '?dryRun=true');
    expect(rehearsed).toMatchObject({ status: 200, body: { mergedIntoId: kept } });
    expect(await read(`organizations/${twin}`)).toMatchObject({ mergedIntoId: null, version: 1 });
    expect(await merge('organizations', twin, kept)).toMatchObject({
      status: 200,
      body: { id: twin, mergedIntoId: kept, version: 2, names: en('MOTIE') },
    });

    expect(await read(`organizations/${twin}`)).toMatchObject({ mergedIntoId: kept, identifiers: [lei] });
    expect(await read(`organizations/${kept}`)).toMatchObject({
      mergedIntoId: null,
      level: 'ministry',
      aliases: [{ names: en('MOTIE') }, { names: { texts: { ko: '산업통상자원부' } } }],
      identifiers: [lei],
      externalRefs: [ref],
    });
    expect(await read(`organizations/${below}`)).toMatchObject({ parentId: kept, version: 2 });
    expect(await read(`people/${person}`)).toMatchObject({
      posts: [{ organizationId: kept }, { organizationId: kept }],
    });
    expect(await read(`series/${series}`)).toMatchObject({
      coChairs: [{ organizationId: kept }],
      organizers: { items: [{ organizationId: kept }] },
    });
    expect(await read(`events/${event}`)).toMatchObject({
      names: en(`About ${twin}`),
      hosts: { items: [{ organizationId: kept }, { organizationId: kept, name: en('MOTIE') }] },
      delegatingBodies: { items: [{ organizationId: kept }] },
      groups: { items: [{ organizationId: kept }] },
    });
    expect(await read(`sessions/${session}`)).toMatchObject({ presenters: { items: [{ organizationId: kept }] } });
    expect(await read(`participations/${participation}`)).toMatchObject({
      organizationId: kept,
      posts: [{ organizationId: kept }],
    });
    expect(await read(`zones/${zone}`)).toMatchObject({
      strategies: { items: [{ ownerOrganizationId: kept }] },
      organizations: { items: [{ organizationId: kept }] },
      catalogue: { items: [{ contact: { organizationId: kept } }] },
    });
    expect(await read(`figures/${figure}`)).toMatchObject({ includes: [{ organizationId: kept }] });

    expect((await read('organizations?ref=expo-a:motie')).items).toMatchObject([{ id: kept }]);
    expect((await read(`organizations?name=${encodeURIComponent('통상자원')}`)).items).toMatchObject([{ id: kept }]);
    expect((await read(`organizations?mergedIntoId=${kept}`)).items).toMatchObject([{ id: twin }]);
    const changed = await call('GET', '/v1/organizations?limit=500&changedSince=2020-01-01T00:00:00Z');
    expect(changed.text).toContain(`"id":"${twin}"`);

    const told = await until(
      () => service().wire.about(twin),
      ({ length }) => length === 2,
    );
    expect(told[1]).toMatchObject({
      type: organizationMerged.type,
      data: { organizationId: twin, survivorId: kept, names: en('MOTIE') },
    });
    const ofSurvivor = await until(
      () => service().wire.of(organizationRecorded, kept),
      ({ length }) => length === 2,
    );
    expect(ofSurvivor[1]?.data).toMatchObject({ identifiers: [lei], externalRefs: [ref] });
    expect(ofSurvivor[1]?.data.aliases).toHaveLength(2);
    const ofChild = await until(
      () => service().wire.of(organizationRecorded, below),
      ({ length }) => length === 2,
    );
    expect(ofChild[1]?.data).toMatchObject({ parentId: kept });
    expect(service().wire.violations()).toEqual([]);
  });

  it('become one person and one place in the same way', async () => {
    const name = (text: string): object => ({ texts: { en: text }, order: 'familyFirst' });
    const kept = await enter('/v1/people', { name: name('Kim Min-su') });
    const twin = await enter('/v1/people', { name: name('Min-su Kim'), aliases: [name('Kim Min-su')] });
    const event = await enter('/v1/events', publishableEvent('Forum'));
    const participation = await enter(`/v1/events/${event}/participations`, { personId: twin, role: 'speaker' });
    const statement = await enter(`/v1/events/${event}/statements`, {
      personId: twin,
      speaker: { organization: 'somebody' },
      form: 'indirect',
      text: en('We look forward.'),
    });
    expect((await merge('people', twin, kept)).body).toMatchObject({ mergedIntoId: kept });
    expect(await read(`people/${kept}`)).toMatchObject({ aliases: [name('Min-su Kim')] });
    expect(await read(`participations/${participation}`)).toMatchObject({ personId: kept });
    expect(await read(`statements/${statement}`)).toMatchObject({ personId: kept });
    expect((await read(`events/${event}/participations?personId=${kept}`)).items).toHaveLength(1);

    const city = await enter('/v1/places', { names: en('Yancheng'), kind: 'city' });
    const same = await enter('/v1/places', { names: { original: 'zh', texts: { zh: '盐城' } }, kind: 'city' });
    const hall = await enter('/v1/places', { names: en('Hall'), kind: 'hall', parentId: same });
    const office = await organization('City office', { placeId: same });
    const zone = await enter('/v1/zones', { names: en('Park'), kind: 'industrialPark', placeId: same });
    const own = await enter(`/v1/places/${same}/relationships`, { kind: 'sisterCity', partners: all() });
    const other = await enter(`/v1/places/${hall}/relationships`, {
      kind: 'sisterCity',
      partners: all({ placeId: same }),
    });
    const expo = await enter('/v1/events', publishableEvent('Expo', { venue: { placeId: same } }));
    expect((await merge('places', same, city)).body).toMatchObject({ mergedIntoId: city });
    expect(await read(`places/${hall}`)).toMatchObject({ parentId: city });
    expect(await read(`organizations/${office}`)).toMatchObject({ placeId: city });
    expect(await read(`zones/${zone}`)).toMatchObject({ placeId: city });
    expect(await read(`place-relationships/${own}`)).toMatchObject({ placeId: city });
    expect((await read(`places/${city}/relationships`)).items).toMatchObject([{ id: own }]);
    expect(await read(`place-relationships/${other}`)).toMatchObject({ partners: { items: [{ placeId: city }] } });
    expect(await read(`events/${expo}`)).toMatchObject({ venue: { placeId: city } });

    await until(
      () => [...service().wire.of(personMerged, twin), ...service().wire.of(placeMerged, same)],
      ({ length }) => length === 2,
    );
    expect(service().wire.violations()).toEqual([]);
  });

  it('take those along that were merged before, and stand for nothing new', async () => {
    const first = await organization('First');
    const second = await organization('Second');
    const third = await organization('Third');
    await merge('organizations', first, second);
    expect((await merge('organizations', second, third, 2)).body).toMatchObject({ mergedIntoId: third });
    expect(await read(`organizations/${first}`)).toMatchObject({ mergedIntoId: third });
    expect(await read(`organizations/${third}`)).toMatchObject({
      aliases: [{ names: en('Second') }, { names: en('First') }],
    });
    const path = `/v1/organizations/${second}`;
    expect(await call('PATCH', path, { level: 'city' }, { 'if-match': '"3"' })).toMatchObject({
      status: 409,
      body: { code: 'already-merged', mergedIntoId: third },
    });
    expect(await call('POST', '/v1/organizations', { names: en('Below'), parentId: second })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/parentId', code: 'reference-merged' }] },
    });
  });
});
