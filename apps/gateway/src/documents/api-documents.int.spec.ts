import { jsonSchemaOf, messages } from '@expo-accord/contracts';
import { NoteApi, pemOf } from '../../../../test/support/note-api';
import { GatewayHarness } from '../../test/gateway-harness';

const gateway = new GatewayHarness();
const events = new NoteApi();

beforeAll(async () => {
  await events.start(pemOf(gateway.signer.publicKey));
  await gateway.start({ EVENTS_URL: await events.app.getUrl() });
});

afterAll(async () => {
  await gateway.stop();
  await events.stop();
});

describe('documents of the API', () => {
  it('describe what can be asked, and name the services that could not be', async () => {
    const { body } = await gateway.call('', 'GET', '/openapi.json');
    expect(body).toMatchObject({
      openapi: '3.1.0',
      servers: [{ url: gateway.config.PUBLIC_URL }],
      paths: { '/v1/keys': { post: { 'x-scopes': ['keys:manage'] } }, '/v1/events': {} },
      components: { schemas: { CreateKeyBody: {}, NoteBody: {}, ExternalRef: {} } },
      'x-missing-services': expect.arrayContaining(['agreements', 'notifications']) as string[],
    });
    expect(body['paths']).not.toHaveProperty('/v1/notes');
  });

  it('show a page whose every asset is served here', async () => {
    const page = await (await fetch(`${gateway.url}/docs`)).text();
    const assets = [...page.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, asset]) => asset ?? '');
    expect(assets.length).toBeGreaterThan(2);
    for (const asset of assets) {
      const response = await fetch(new URL(asset, `${gateway.url}/docs`));
      expect(response.status).toBe(200);
      await response.arrayBuffer();
    }
    expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
    expect(await (await fetch(`${gateway.url}/docs/swagger-ui-init.js`)).text()).toContain('/v1/keys');
  });

  it('describe the messages', async () => {
    expect((await gateway.call('', 'GET', '/asyncapi.json')).body).toMatchObject({ asyncapi: '3.0.0' });
  });

  it('have the schema of each message where the message says that it is', async () => {
    for (const contract of messages) {
      const { status, body } = await gateway.call('', 'GET', `/schemas/${contract.type}.json`);
      expect([status, body]).toEqual([200, jsonSchemaOf(contract)]);
    }
    const unknown = await gateway.call('', 'GET', '/schemas/expo-accord.agreement.shredded.v1.json');
    expect(unknown).toMatchObject({ status: 404, body: { code: 'schema-not-found' } });
  });

  it('say that the gateway lives', async () => {
    expect((await gateway.call('', 'GET', '/health/live')).status).toBe(200);
    expect((await gateway.call('', 'GET', '/health/ready')).status).toBe(200);
  });
});
