import { Client } from 'pg';
import { serviceNames } from '../../deploy/local/services';
import { ApiClient, ApiProblem } from '../../deploy/demo/api-client';
import { Recorder } from '../../deploy/demo/recorder';
import { yanchengExpo } from '../../deploy/demo/reports/yancheng-expo';
import { changchunPromotion } from '../../deploy/demo/reports/changchun-promotion';
import { startTestStack, type TestStack } from '../support/stack';

jest.setTimeout(120_000);

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
];

describe('the walls between tenants, services and the outside', () => {
  let test: TestStack;
  let first: ApiClient;
  let second: ApiClient;
  let record: Recorder;

  beforeAll(async () => {
    test = await startTestStack();
    first = new ApiClient(test.url, (await test.tenant('First')).key);
    second = new ApiClient(test.url, (await test.tenant('Second')).key);
    record = new Recorder(first, 'walls');
    await yanchengExpo(record);
    await changchunPromotion(record);
  });

  afterAll(async () => {
    await test.stop();
  });

  it.each(lists)('show a second tenant nothing of the first in the list of %s', async (list) => {
    expect((await second.get(`/v1/${list}`)).items).toEqual([]);
  });

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

  it('name the field that is unknown', async () => {
    const refused = second.post('/v1/series', {
      names: { original: 'en', texts: { en: 'x' } },
      kind: 'forum',
      colour: 1,
    });
    await expect(refused).rejects.toBeInstanceOf(ApiProblem);
    await expect(refused).rejects.toThrow('/colour');
  });
});
