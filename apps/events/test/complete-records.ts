import { all, en, some } from './report-words';

/** Bodies that say all that they can: nothing of them may be forgotten where records are copied. */
const seoul = (local: string): object => ({ local, zone: 'Asia/Seoul' });
const marks = {
  sources: [{ kind: 'news', publisher: 'Newspaper' }],
  certainty: 'inferred',
  because: 'the report says so',
  inferred: [{ part: '/date', because: 'the report says so' }],
};
const marked = { sources: marks.sources, certainty: 'stated' };

export const item = { name: en('Ministry'), side: 'KR' };
export const topic = { code: 'ict', text: en('ICT') };
export const condition = { code: 'healthCertificate', text: en('Holds a health certificate') };
export const fact = { kind: 'arrangement', text: en('An epidemic prevention plan.') };

export function completeEvent(ids: { seriesId: string; parentId: string }): Record<string, unknown> {
  return {
    ...marks,
    externalRefs: [{ system: 'model', id: 'event' }],
    names: en('24th meeting'),
    kind: 'committeeSession',
    aliases: [{ names: en('Committee'), ...marked }],
    facts: [{ ...fact, ...marked }],
    ...ids,
    ordinal: 24,
    label: '2020',
    historical: true,
    synthetic: false,
    theme: en('Together'),
    description: en('All about it'),
    topics: some({ ...topic, ...marked }),
    focusIndustries: some({ ...topic, ...marked }),
    date: { edtf: '2020-08-01' },
    startsAt: seoul('2020-08-01T09:00'),
    endsAt: seoul('2020-08-02T17:00'),
    registrationWindow: { opens: seoul('2020-07-01T00:00'), closes: null },
    venue: { city: en('Qingdao'), economy: 'CN', ...marked },
    mode: 'inPerson',
    economies: ['CN', 'KR'],
    hosts: all({ ...item, role: 'host', ...marked }),
    delegatingBodies: all({ ...item, role: 'delegatingBody', ...marked }),
    groups: all({ text: en('heads of delegations'), ...marked }),
    subEvents: { completeness: 'illustrative' },
    entryConditions: [{ ...condition, ...marked }],
    fulfils: [{ commitmentId: '0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5ab0', ...marked }],
  };
}

export function completeSession(ids: { zoneId: string }): Record<string, unknown> {
  return {
    ...marks,
    externalRefs: [{ system: 'model', id: 'session' }],
    names: en('Release'),
    kind: 'release',
    aliases: [{ names: en('The release'), ...marked }],
    facts: [{ ...fact, ...marked }],
    startsAt: seoul('2020-08-01T14:00'),
    endsAt: seoul('2020-08-01T15:00'),
    date: { edtf: '2020-08-01' },
    room: en('Room 2'),
    capacity: 50,
    description: en('What was released'),
    ...ids,
    releases: [{ kind: 'majorProject', text: en('major projects') }],
    presenters: all({ text: en('heads of the zone'), ...marked }),
  };
}

export function completeParticipation(ids: {
  personId: string;
  organizationId: string;
  sessionId: string;
}): Record<string, unknown> {
  return {
    ...marks,
    externalRefs: [{ system: 'model', id: 'participation' }],
    ...ids,
    described: en('a vice minister'),
    role: 'coChair',
    posts: [{ title: en('Vice Minister'), ...marked }],
    side: 'CN',
    mode: 'video',
  };
}
