import { getMetadataStorage } from 'class-validator';
import { publishableEvent } from '../../test/publishable-event';
import {
  completeEvent,
  completeParticipation,
  completeSession,
  condition,
  fact,
  item,
  topic,
} from '../../test/complete-records';
import { all, en, some } from '../../test/report-words';
import { oneCaller } from '../../test/running-service';
import { ParticipationBody } from '../participations/participation.dto';
import { SessionBody } from '../sessions/session.dto';
import { EventBody } from './event.dto';

type Body = Record<string, unknown>;

/** All that a body of the class can say. */
function fieldsOf(bodyClass: new () => object): string[] {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(bodyClass, '', false, false);
  return [...new Set(metadata.map(({ propertyName }) => propertyName))].sort();
}

describe('a clone', () => {
  const { call, enter: entered, service } = oneCaller();

  const seoul = (local: string): object => ({ local, zone: 'Asia/Seoul' });
  const shanghai = (local: string): object => ({ local, zone: 'Asia/Shanghai' });
  const read = async (path: string): Promise<Body> => (await call('GET', path)).body;
  const itemsOf = async (path: string): Promise<Body[]> => (await read(path)).items as Body[];

  /** Each field of the body: as in the model, as given here, or not there. */
  const compare = (clone: Body, model: Body, bodyClass: new () => object, expected: Record<string, unknown>): void => {
    expect(Object.keys(expected).sort()).toEqual(fieldsOf(bodyClass));
    expect(Object.keys(model).sort()).toEqual(fieldsOf(bodyClass));
    for (const [field, value] of Object.entries(expected)) {
      const seen = clone[field] ?? nothing;
      expect([field, seen]).toEqual([field, value === same ? model[field] : value]);
    }
  };
  const same = Symbol('as in the model');
  const nothing = Symbol('not there');

  it('has of each field what was decided for it', async () => {
    const seriesId = await entered('/v1/series', { names: en('Series'), kind: 'forum' });
    const parentId = await entered('/v1/events', { names: en('Fair'), kind: 'fair', historical: true });
    const zoneId = await entered('/v1/zones', { names: en('Zone'), kind: 'industrialPark' });
    const personId = await entered('/v1/people', { name: { texts: { en: 'Gao Yan' }, order: 'familyFirst' } });
    const organizationId = await entered('/v1/organizations', { names: en('Agency') });
    const model = completeEvent({ seriesId, parentId });
    const id = await entered('/v1/events', model);
    const session = completeSession({ zoneId });
    const sessionId = await entered(`/v1/events/${id}/sessions`, session);
    const participation = completeParticipation({ personId, organizationId, sessionId });
    await entered(`/v1/events/${id}/participations`, participation);
    const own = { startsAt: shanghai('2021-08-03T10:00'), externalRefs: [{ system: 'clone', id: 'event' }] };
    const answer = await call('POST', `/v1/events/${id}/clone`, own);
    expect(answer).toMatchObject({ status: 201, headers: { location: `/v1/events/${answer.body.id}` } });
    const cloneId = answer.body.id;
    const clone = await read(`/v1/events/${cloneId}`);
    expect(clone).toEqual(answer.body);
    expect(clone).toMatchObject({ status: 'draft', version: 1 });
    const instant = (time: object, at: string): object => ({ ...time, at });
    compare(clone, model, EventBody, {
      names: same,
      kind: same,
      seriesId: same,
      synthetic: same,
      economies: same,
      theme: same,
      description: same,
      mode: same,
      parentId: same,
      aliases: [{ names: en('Committee') }],
      facts: [fact],
      topics: some(topic),
      focusIndustries: some(topic),
      venue: { city: en('Qingdao'), economy: 'CN' },
      hosts: all({ ...item, role: 'host' }),
      delegatingBodies: all({ ...item, role: 'delegatingBody' }),
      groups: all({ text: en('heads of delegations') }),
      startsAt: instant(own.startsAt, '2021-08-03T02:00:00.000Z'),
      endsAt: instant(shanghai('2021-08-04T17:00'), '2021-08-04T09:00:00.000Z'),
      ordinal: 25,
      historical: false,
      externalRefs: own.externalRefs,
      label: nothing,
      date: nothing,
      registrationWindow: nothing,
      subEvents: nothing,
      entryConditions: [condition],
      fulfils: nothing,
      sources: nothing,
      certainty: nothing,
      because: nothing,
      inferred: nothing,
    });
    const [clonedSession = {}, ...otherSessions] = await itemsOf(`/v1/events/${cloneId}/sessions`);
    expect(otherSessions).toEqual([]);
    compare(clonedSession, session, SessionBody, {
      names: same,
      kind: same,
      room: same,
      capacity: same,
      description: same,
      zoneId: same,
      aliases: [{ names: en('The release') }],
      facts: [fact],
      presenters: all({ text: en('heads of the zone') }),
      startsAt: instant(shanghai('2021-08-03T14:00'), '2021-08-03T06:00:00.000Z'),
      endsAt: instant(shanghai('2021-08-03T15:00'), '2021-08-03T07:00:00.000Z'),
      externalRefs: [],
      date: nothing,
      releases: nothing,
      sources: nothing,
      certainty: nothing,
      because: nothing,
      inferred: nothing,
    });
    const [clonedPart = {}, ...otherParts] = await itemsOf(`/v1/events/${cloneId}/participations`);
    expect(otherParts).toEqual([]);
    compare(clonedPart, participation, ParticipationBody, {
      personId: same,
      described: same,
      role: same,
      organizationId: same,
      side: same,
      mode: same,
      posts: [{ title: en('Vice Minister') }],
      sessionId: clonedSession.id,
      externalRefs: [],
      sources: nothing,
      certainty: nothing,
      because: nothing,
      inferred: nothing,
    });
  });

  it('takes the parts that were asked for, and no result', async () => {
    const body = publishableEvent('Expo', { theme: en('Together'), mode: 'hybrid' });
    const id = await entered('/v1/events', body);
    await entered(`/v1/events/${id}/sessions`, { names: en('Panel'), kind: 'panel' });
    const said = { speaker: { organization: 'somebody' }, form: 'indirect', text: en('We look forward.') };
    await entered(`/v1/events/${id}/statements`, said);
    const opening = await entered('/v1/events', { names: en('Opening'), kind: 'ceremony', parentId: id, ordinal: 1 });
    await entered('/v1/events', { names: en('Ribbon cutting'), kind: 'ceremony', parentId: opening });
    const gala = await entered('/v1/events', { names: en('Gala'), kind: 'ceremony', parentId: id });
    for (const part of [id, gala]) await call('POST', `/v1/events/${part}/publish`);
    await call('POST', `/v1/events/${gala}/cancel`);
    const bare = await entered(`/v1/events/${id}/clone`, { parts: [], names: en('Next expo'), label: '2031' });
    const bareClone = await read(`/v1/events/${bare}`);
    expect(bareClone).toMatchObject({ names: en('Next expo'), label: '2031', status: 'draft' });
    expect(['theme', 'venue', 'hosts', 'mode', 'startsAt'].filter((field) => field in bareClone)).toEqual([]);
    expect(await itemsOf(`/v1/events/${bare}/sessions`)).toEqual([]);
    const whole = await entered(`/v1/events/${id}/clone`, {});
    expect(await read(`/v1/events/${whole}`)).toMatchObject({ theme: en('Together'), mode: 'hybrid' });
    expect(await itemsOf(`/v1/events/${whole}/sessions`)).toMatchObject([{ names: en('Panel') }]);
    expect(await itemsOf(`/v1/events/${whole}/statements`)).toEqual([]);
    const [clonedOpening = {}, ...others] = await itemsOf(`/v1/events?parentId=${whole}`);
    expect([clonedOpening, others]).toMatchObject([{ names: en('Opening'), status: 'draft', ordinal: 1 }, []]);
    const below = await itemsOf(`/v1/events?parentId=${String(clonedOpening.id)}`);
    expect(below).toMatchObject([{ names: en('Ribbon cutting') }]);
  });

  it('is rehearsed without being made, and refused whole', async () => {
    const id = await entered('/v1/events', publishableEvent('Expo'));
    await entered(`/v1/events/${id}/sessions`, { names: en('Panel'), kind: 'panel' });
    expect((await call('POST', `/v1/events/${id}/clone?dryRun=true`, {})).status).toBe(201);
    const wrong = { parts: ['programme', 'registrations'], ordinal: 0, startsAt: seoul('2031-02-30T09:00'), kind: 'x' };
    const refused = await call('POST', `/v1/events/${id}/clone`, wrong);
    const { errors } = refused.body as unknown as { errors: { pointer: string }[] };
    expect(refused.status).toBe(422);
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['/kind', '/ordinal', '/parts', '/startsAt/local']);
    const endless = { startsAt: seoul('2031-05-01T09:00'), endsAt: seoul('2031-04-01T09:00') };
    expect((await call('POST', `/v1/events/${id}/clone`, endless)).body).toMatchObject({
      errors: [{ pointer: '/endsAt' }],
    });
    expect(
      (await itemsOf('/v1/events?limit=500')).filter(({ names }) => JSON.stringify(names).includes('"Expo"')),
    ).toHaveLength(3);
    const other = await service().caller();
    expect((await other.call('POST', `/v1/events/${id}/clone`, {})).status).toBe(404);
  });
});
