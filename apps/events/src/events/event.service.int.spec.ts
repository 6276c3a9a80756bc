import { figureReported } from '@expo-accord/contracts';
import { newId, schemaDifference } from '@expo-accord/database';
import { DataSource } from 'typeorm';
import { eventually } from '../../../../test/support/eventually';
import { until } from '../../../../test/support/until';
import { publishableEvent } from '../../test/publishable-event';
import { type Answer, runService, type RunningService } from '../../test/running-service';

const names = (en: string): object => ({ original: 'en', texts: { en } });

describe('events over HTTP and Kafka', () => {
  let service: RunningService;

  beforeAll(async () => {
    service = await runService();
  });
  afterAll(async () => {
    await service.stop();
  });

  it('leaves no difference between migrations and entities', async () => {
    expect(await schemaDifference(service.app.get(DataSource))).toEqual([]);
  });

  it('says nothing of a draft, and everything from its publication on', async () => {
    const { call, tenantId } = await service.caller();
    const series = await call('POST', '/v1/series', { names: names('Forum'), kind: 'forum' });
    expect(series.status).toBe(201);
    const edition = publishableEvent('Forum 2024', {
      seriesId: series.body.id,
      label: '2024',
      economies: ['CN', 'JP', 'KR'],
      externalRefs: [{ system: 'test', id: 'forum-2024' }],
    });
    const draft = await call('POST', '/v1/events', edition);
    expect(draft).toMatchObject({ status: 201, body: { status: 'draft', actions: ['publish'], version: 1 } });
    expect(draft.headers.location).toBe(`/v1/events/${draft.body.id}`);
    const session = await call('POST', `/v1/events/${draft.body.id}/sessions`, {
      names: names('Opening'),
      kind: 'opening',
    });
    await call('POST', '/v1/figures', {
      subject: { eventId: draft.body.id },
      metric: 'participants',
      quantity: { qualifier: 'moreThan', lower: '100', inclusive: false, unit: 'person' },
    });
    await call('POST', `/v1/events/${draft.body.id}/publish`);
    await call('POST', `/v1/events/${draft.body.id}/open`, {});
    const mine = await until(
      () => service.wire.about(draft.body.id),
      ({ length }) => length === 2,
    );
    expect(mine.map(({ type }) => type)).toEqual(['expo-accord.event.published.v1', 'expo-accord.event.opened.v1']);
    expect(mine[0]?.data).toMatchObject({
      eventId: draft.body.id,
      previousStatus: 'draft',
      status: 'published',
      sessionIds: [session.body.id],
      externalRefs: [{ system: 'test', id: 'forum-2024' }],
    });
    const figure = await eventually(() => service.wire.of(figureReported).find((heard) => heard.tenantId === tenantId));
    expect(figure.data).toMatchObject({ subject: { eventId: draft.body.id }, metric: 'participants' });
  });

  it('tells which commitments it fulfils and where it is, and each time anew', async () => {
    const { call } = await service.caller();
    const [first, second] = [newId(), newId()];
    const named = (...ids: string[]) => ids.map((commitmentId) => ({ commitmentId, certainty: 'stated' }));
    const meeting = publishableEvent('Second meeting', { fulfils: named(first) });
    const { body } = await call('POST', '/v1/events', meeting);
    await call('POST', `/v1/events/${body.id}/publish`);
    const change = async (version: number, patch: object): Promise<Answer> =>
      call('PATCH', `/v1/events/${body.id}`, patch, { 'if-match': `"${version}"` });
    const both = await change(2, { fulfils: named(first, second), venue: { economy: 'CN' } });
    expect(both).toMatchObject({ status: 200, body: { fulfils: named(first, second) } });
    expect(await change(3, { fulfils: null })).toMatchObject({ status: 200 });
    const told = await until(
      () => service.wire.about(body.id),
      ({ length }) => length === 3,
    );
    const unknown = { placeId: null, hall: null, hotel: null, province: null };
    expect(told.map(({ data: { fulfils, venue } }) => ({ fulfils, venue }))).toEqual([
      { fulfils: [first], venue: { ...unknown, city: names('Seoul'), economy: 'KR' } },
      { fulfils: [first, second], venue: { ...unknown, city: names('Seoul'), economy: 'CN' } },
      { fulfils: [], venue: { ...unknown, city: names('Seoul'), economy: 'CN' } },
    ]);
    expect(service.wire.violations()).toEqual([]);
    for (const fulfils of [named(first, first), [{ commitmentId: 'the second meeting' }], [{}]]) {
      const refused = await call('POST', '/v1/events', { ...meeting, fulfils });
      expect(refused).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: expect.stringMatching(/^\/fulfils/) as string }] },
      });
    }
  });

  it('tells the whole checklist before check-in, and each time anew', async () => {
    const { call } = await service.caller();
    const certificate = { code: 'healthCertificate', text: names('Holds a health certificate') };
    const sources = [{ kind: 'official', publisher: 'Expo office' }];
    const entryConditions = [
      { ...certificate, sources },
      { code: 'ourOwn', text: names('Wears a badge') },
    ];
    const expo = publishableEvent('Expo 2021', { entryConditions });
    const { body } = await call('POST', '/v1/events', expo);
    expect(body).toMatchObject({ entryConditions });
    const path = `/v1/events/${body.id}`;
    await call('POST', `${path}/publish`);
    await call('PATCH', path, { entryConditions: [certificate] }, { 'if-match': '"2"' });
    await call('PATCH', path, { entryConditions: null }, { 'if-match': '"3"' });
    const told = await until(
      () => service.wire.about(body.id),
      ({ length }) => length === 3,
    );
    const own = { code: 'ourOwn', text: names('Wears a badge') };
    expect(told.map(({ data }) => data.entryConditions)).toEqual([[certificate, own], [certificate], []]);
    expect(service.wire.violations()).toEqual([]);
    for (const wrong of [[certificate, certificate], [{ code: 'healthCertificate' }], [{ text: names('A badge') }]]) {
      const refused = await call('POST', '/v1/events', { ...expo, entryConditions: wrong });
      expect(refused).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: expect.stringMatching(/^\/entryConditions/) as string }] },
      });
    }
  });

  it('takes many sessions of one event at once', async () => {
    const { call } = await service.caller();
    const event = await call('POST', '/v1/events', publishableEvent('Busy forum'));
    await call('POST', `/v1/events/${event.body.id}/publish`);
    const session = { names: names('Panel'), kind: 'panel' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, async () => call('POST', `/v1/events/${event.body.id}/sessions`, session)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
  });

  it('rehearses an action without doing it, and names what is allowed when it refuses', async () => {
    const { call } = await service.caller();
    const { body } = await call('POST', '/v1/events', publishableEvent('Fair'));
    expect((await call('POST', `/v1/events/${body.id}/publish?dryRun=true`)).body).toMatchObject({
      status: 'published',
    });
    expect((await call('GET', `/v1/events/${body.id}`)).body).toMatchObject({ status: 'draft', version: 1 });
    const refused = await call('POST', `/v1/events/${body.id}/open`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'action-not-allowed', actions: ['publish'] } });
  });

  it('takes history in the status it had, from callers who may', async () => {
    const { call, tenantId } = await service.caller();
    const planned = { names: names('Second meeting'), kind: 'mechanismMeeting', historical: true, status: 'planned' };
    const ordinary = await service.caller(tenantId, ['events:read', 'events:write']);
    expect((await ordinary.call('POST', '/v1/events', planned)).status).toBe(403);
    const entered = await call('POST', '/v1/events', { ...planned, date: { edtf: '2016' } });
    expect(entered).toMatchObject({
      status: 201,
      body: { status: 'planned', historical: true, date: { edtf: '2016' } },
    });
  });

  it('changes only the version that the caller has seen', async () => {
    const { call } = await service.caller();
    const { body } = await call('POST', '/v1/events', { names: names('Expo'), kind: 'exposition', label: 'first' });
    const path = `/v1/events/${body.id}`;
    expect((await call('PATCH', path, { label: null })).status).toBe(428);
    const changed = await call('PATCH', path, { label: null, ordinal: 10 }, { 'if-match': '"1"' });
    expect(changed).toMatchObject({ status: 200, body: { label: null, ordinal: 10, version: 2 } });
    expect((await call('PATCH', path, { ordinal: 11 }, { 'if-match': '"1"' })).status).toBe(412);
    expect(await call('PATCH', path, { ordinal: 0 }, { 'if-match': '"2"' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/ordinal' }] },
    });
  });

  it('refuses an event that would become part of itself', async () => {
    const { call } = await service.caller();
    const fair = (await call('POST', '/v1/events', { names: names('Fair'), kind: 'fair' })).body.id;
    const day = (await call('POST', '/v1/events', { names: names('Day'), kind: 'themeDay', parentId: fair })).body.id;
    const refused = await call('PATCH', `/v1/events/${fair}`, { parentId: day }, { 'if-match': '"1"' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'event-cycle' } });
    expect(await call('POST', `/v1/events/${day}/publish`)).toMatchObject({
      status: 409,
      body: { code: 'parent-is-draft' },
    });
  });

  it('deletes drafts only, with what hangs on them', async () => {
    const { call } = await service.caller();
    const body = publishableEvent('Fair', { externalRefs: [{ system: 'x', id: '1' }] });
    const { id } = (await call('POST', '/v1/events', body)).body;
    expect((await call('POST', '/v1/events', body)).body).toMatchObject({ code: 'external-ref-taken', id });
    await call('POST', `/v1/events/${id}/statements`, {
      speaker: { organization: 'somebody' },
      form: 'indirect',
      text: names('We look forward.'),
    });
    expect((await call('DELETE', `/v1/events/${id}`)).status).toBe(204);
    const again = (await call('POST', '/v1/events', body)).body.id;
    await call('POST', `/v1/events/${again}/publish`);
    expect((await call('DELETE', `/v1/events/${again}`)).status).toBe(409);
  });

  it('shows a tenant nothing of another', async () => {
    const one = await service.caller();
    const two = await service.caller();
    const refs = [{ system: 'x', id: '9' }];
    const { id } = (await one.call('POST', '/v1/events', { names: names('Ours'), kind: 'fair', externalRefs: refs }))
      .body;
    expect((await two.call('GET', `/v1/events/${id}`)).status).toBe(404);
    expect((await two.call('POST', `/v1/events/${id}/publish`)).status).toBe(404);
    expect((await two.call('GET', '/v1/events')).body).toMatchObject({ items: [] });
    expect((await two.call('GET', '/v1/events?ref=x:9')).body).toMatchObject({ items: [] });
    const under = await two.call('POST', '/v1/events', { names: names('Theirs'), kind: 'fair', parentId: id });
    expect(under).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/parentId', code: 'reference-unknown' }] },
    });
    expect((await two.call('POST', `/v1/events/${id}/sessions`, { names: names('S'), kind: 'opening' })).status).toBe(
      404,
    );
    expect((await one.call('GET', '/v1/events?ref=x:9')).body).toMatchObject({ items: [{ id }] });
  });
});
