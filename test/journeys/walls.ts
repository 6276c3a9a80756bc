import { topics } from '@expo-accord/contracts';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { Client } from 'pg';
import { serviceNames } from '../../deploy/local/services';
import { ApiClient, ApiProblem, type Json } from '../../deploy/demo/api-client';
import { Recorder } from '../../deploy/demo/recorder';
import { yanchengExpo } from '../../deploy/demo/reports/yancheng-expo';
import { industrialParkMeeting } from '../../deploy/demo/reports/industrial-park-meeting';
import { jointCommitteeMeeting } from '../../deploy/demo/reports/joint-committee-meeting';
import { changchunPromotion } from '../../deploy/demo/reports/changchun-promotion';
import { visitor } from '../../deploy/demo/simulation/people';
import { type TestStack } from '../support/stack';
import { until } from '../support/until';
import { type Tenant } from '../../deploy/local/demo-tenant';
import { describeDocuments } from './documents-through-the-gateway';
import { describeForgetting } from './forgotten-person';
import { Outsider } from './outsider';
import { describeWhatIsNotPublic } from './what-is-not-public';

/** Of these lists the first tenant's has something in it, which the second must not see. */
const lists = [
  'series',
  'events',
  'organizations',
  'people',
  'places',
  'zones',
  'figures',
  'agreements',
  'projects',
  'outcome-documents',
  'commitments',
  'webhook-endpoints',
  'deliveries',
  'imports',
  'feed',
  'keys',
];

export function describeWalls(stack: () => TestStack): void {
  describe('the walls between tenants, services and the outside', () => {
    let test: TestStack;
    let tenant: Tenant;
    let first: ApiClient;
    let second: ApiClient;
    let record: Recorder;
    let eventId: string;

    const listed = async (api: ApiClient, list: string): Promise<Json[]> => {
      const { items } = await api.get(`/v1/${list}`);
      return items as Json[];
    };

    async function importOneSignUp(): Promise<void> {
      await first.post(`/v1/events/${eventId}/ticket-categories`, { code: 'visitor', quota: 1 });
      const line = { category: 'visitor', status: 'confirmed', economy: 'CN', person: { name: visitor(0).name } };
      await first.postLines(`/v1/events/${eventId}/imports?historical=true`, () => [JSON.stringify(line)]);
    }

    function outsider(): Outsider {
      const settings = test.stack.kafkaSettingsOf('partner');
      return new Outsider({
        brokers: settings.KAFKA_BROKERS?.split(',') ?? [],
        user: settings.KAFKA_SASL_USERNAME ?? '',
        password: settings.KAFKA_SASL_PASSWORD ?? '',
        topicPrefix: test.topicPrefix,
      });
    }

    beforeAll(async () => {
      test = stack();
      tenant = await test.tenant('First');
      first = new ApiClient(test.url, tenant.key);
      second = new ApiClient(test.url, (await test.tenant('Second')).key, 0);
      record = new Recorder(first, 'walls');
      // First, since an endpoint is told only what is said from then on.
      await first.post('/v1/webhook-endpoints', { url: 'https://receiver.example/' });
      await yanchengExpo(record);
      await changchunPromotion(record);
      await jointCommitteeMeeting(record);
      await industrialParkMeeting(record);
      await record.record('projects', 'project', { names: { original: 'en', texts: { en: 'A project' } } });
      eventId = record.facts.find(({ resource }) => resource === 'events')?.id ?? '';
      await importOneSignUp();
    });

    it.each(lists)('show a second tenant nothing of the first in the list of %s', async (list) => {
      const own = await until(
        () => listed(first, list),
        (items) => items.length > 0,
      );
      const seen = await listed(second, list);
      expect(seen.filter((item) => own.some(({ id }) => id === item.id))).toEqual([]);
      // Everybody has a key to ask with; nothing else was made for the second tenant.
      expect(seen).toHaveLength(list === 'keys' ? 1 : 0);
    });

    it.each(['registrations', 'ticket-categories', 'availability', 'sessions'])(
      'answer a second tenant 404 for the %s of an event of the first',
      async (part) => {
        const path = `/v1/events/${eventId}/${part}`;
        await until(
          () => first.get(path),
          ({ items }) => items === undefined || (items as unknown[]).length > 0 || part === 'sessions',
        );
        await expect(second.get(path)).rejects.toMatchObject({ status: 404 });
      },
    );

    it('do not let a second tenant read any item of the first by its id', async () => {
      for (const { resource, id } of record.facts) {
        const path = `/v1/${resource.split('/').at(-1) ?? ''}/${id}`;
        await expect(second.get(path)).rejects.toMatchObject({ status: 404 });
      }
    });

    it('keep each service’s role out of every other schema', async () => {
      for (const name of serviceNames) {
        const client = new Client({ connectionString: test.stack.settingsOf(name).DATABASE_URL });
        await client.connect();
        try {
          for (const other of serviceNames.filter((each) => each !== name)) {
            await expect(client.query(`SELECT count(*) FROM ${other}.message_epoch`)).rejects.toMatchObject({
              code: '42501',
            });
          }
          const { rows } = await client.query<{ rolsuper: boolean }>(
            'SELECT rolsuper FROM pg_roles WHERE rolname = current_user',
          );
          expect(rows).toEqual([{ rolsuper: false }]);
        } finally {
          await client.end();
        }
      }
    });

    it('let nobody call a service past the gateway', async () => {
      const response = await fetch(`${test.stack.service('events').url}/v1/events`);
      expect(response.status).toBe(401);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
    });

    it('show anybody the public half of the keys of tickets, and nothing else of them', async () => {
      const response = await fetch(`${test.url}/.well-known/jwks.json`);
      const { keys } = (await response.json()) as { keys: Json[] };
      expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'crv', 'kid', 'kty', 'use', 'x']]);
    });

    it('let somebody outside read, of all topics, those that the public AsyncAPI document lists', async () => {
      const { channels } = await first.get('/asyncapi.json');
      const open = Object.keys(channels as Json);
      const downstream = outsider();
      expect((await downstream.topics()).sort()).toEqual(open.sort());
      for (const { name } of topics.filter((topic) => !open.includes(topic.name))) {
        await expect(downstream.read([name])).rejects.toThrow(/not authorized/i);
      }
      await expect(downstream.write('events.event')).rejects.toThrow(/not authorized/i);
    });

    it('let somebody outside read each message there as its published schema says', async () => {
      const messages = await outsider().read(['events.event', 'events.figure', 'agreements.agreement']);
      expect(new Set(messages.map(({ topic }) => topic)).size).toBe(3);
      const ajv = new Ajv2020({ strict: false });
      addFormats(ajv);
      for (const { key, headers, data } of messages) {
        const { ce_dataschema: path = '', ce_tenant: tenant = '', ce_subject: subject = '' } = headers;
        const validate: ValidateFunction = ajv.getSchema(path) ?? ajv.compile(await first.get(path));
        expect([headers.ce_type, validate(data), validate.errors]).toEqual([headers.ce_type, true, null]);
        expect(key).toBe(`${tenant}/${subject}`);
      }
    });

    describeWhatIsNotPublic(() => test);

    describeDocuments(() => ({ url: test.url, key: tenant.key }));

    describeForgetting(() => ({ test, tenant, api: first }));

    it('are described by a valid OpenAPI document', async () => {
      const { valid, errors } = await new Validator().validate(await first.get('/openapi.json'));
      expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
    });

    it('name the field that is unknown', async () => {
      const refused = second.post('/v1/series', {
        names: { original: 'en', texts: { en: 'x' } },
        kind: 'forum',
        colour: 1,
      });
      await expect(refused).rejects.toBeInstanceOf(ApiProblem);
      await expect(refused).rejects.toThrow('/colour');
    });

    it('stand although a receiver cannot be found', async () => {
      const failed = await until(
        () => listed(first, 'deliveries'),
        (deliveries) => deliveries.some(({ attemptCount }) => attemptCount !== 0),
      );
      expect(failed.length).toBeGreaterThan(0);
      expect(test.log.filter((line) => line.includes('started again'))).toEqual([]);
    });
  });
}
