import { parse } from 'csv-parse/sync';
import { newId } from '@expo-accord/database';
import { type RunningService, startService } from './service';
import { ndjson, signUpBody, type Tenant } from './tenant';

let service: RunningService;

beforeAll(async () => {
  service = await startService();
});

afterAll(async () => {
  await service.stop();
});

const csv = { headers: { accept: 'text/csv' } };

const fileOf = async (tenant: Tenant, eventId: string, query = ''): Promise<string> => {
  const response = await tenant.request('GET', `/v1/events/${eventId}/registrations${query}`, csv);
  // Response.text() would take the byte order mark away.
  return Buffer.from(await response.arrayBuffer()).toString('utf8');
};

const recordsIn = (file: string): Record<string, string>[] => parse(file, { bom: true, columns: true });

describe('the registrations for an event as CSV', () => {
  it('open rightly in Excel, and run no formula', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const texts = { ko: '김민수', en: '=HYPERLINK("http://example.org")' };
    const person = { name: { texts, order: 'familyFirst' }, email: null, phone: '+82 10' };
    const answers = { diet: '-fish,\nmeat', days: 2, note: '@home' };
    await tenant.post(
      `/v1/events/${eventId}/registrations`,
      signUpBody({ person, answers, organization: { name: '\tUmbrella' } }),
    );
    const file = await fileOf(tenant, eventId);
    expect(file.startsWith('\uFEFFid,status,')).toBe(true);
    expect(file.split('\r\n')).toHaveLength(3);
    expect(recordsIn(file)).toMatchObject([
      {
        status: 'confirmed',
        'person.name.texts.ko': '김민수',
        'person.name.texts.en': `'=HYPERLINK("http://example.org")`,
        'person.email': '',
        'person.phone': "'+82 10",
        'organization.name': "'\tUmbrella",
        'answers.diet': "'-fish,\nmeat",
        'answers.days': '2',
        'answers.note': "'@home",
        'externalRefs.0.system': 'expo-a',
      },
    ]);
  });

  it('are all there, past the limit of a page, filtered as the list is', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent({ buyer: null, press: null });
    const bodies = Array.from({ length: 1_200 }, (_, n) => signUpBody({ category: n < 1_100 ? 'buyer' : 'press' }));
    await tenant.import(eventId, '', ndjson(bodies));
    const ids = recordsIn(await fileOf(tenant, eventId)).map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([1_200, 1_200]);
    expect(recordsIn(await fileOf(tenant, eventId, '?category=press'))).toHaveLength(100);
  });

  it('are for whoever may read them, and JSON for whoever does not ask for CSV', async () => {
    const tenant = service.tenant();
    const eventId = await tenant.openEvent();
    const path = `/v1/events/${eventId}/registrations`;
    expect((await service.tenant().get(path, csv)).status).toBe(404);
    expect((await tenant.get(`/v1/events/${newId()}/registrations`, csv)).status).toBe(404);
    expect((await tenant.get(path, { ...csv, scopes: ['registrations:import'] })).status).toBe(403);
    const { headers, body } = await tenant.get(path);
    expect([headers.get('vary'), body.items]).toEqual(['Accept, Accept-Language', []]);
  });
});
