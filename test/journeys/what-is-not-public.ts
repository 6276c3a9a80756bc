import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { topics } from '@expo-accord/contracts';
import { kafkaSettings, readTopics } from '@expo-accord/messaging';
import { readSettings } from '@expo-accord/settings';
import { ApiClient, type Json } from '../../deploy/demo/api-client';
import { type TestStack } from '../support/stack';
import { until } from '../support/until';

const marker = 'quince-and-thunder';
const en = (text: string): Json => ({ original: 'en', texts: { en: text } });

const unsaid = {
  type: 'mou',
  titles: en(`Memorandum ${marker}`),
  texts: en(`Whereas ${marker}`),
  parties: {
    completeness: 'exhaustive',
    items: [{ economy: 'CN', name: en(`Party ${marker}`) }, { economy: 'KR' }],
  },
  statements: { completeness: 'exhaustive', items: [{ text: en(`To build ${marker}`), modality: 'agreed' }] },
};

const unsaidPledge = {
  text: en(`To do ${marker}`),
  modality: 'will',
  responsible: { completeness: 'exhaustive', items: [{ economy: 'CN' }] },
};

/** More than the topic has partitions, so that what was said before them has very likely been read once all of them were. */
const BEACONS = 12;

/** Somebody outside who keeps all that he is sent. */
async function receiver(): Promise<{ url: string; heard: string[]; close: () => void }> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      heard.push(Buffer.concat(chunks).toString());
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, heard, close };
}

/** Drafts, negotiations, and what is kept back, entered with a word that nobody else uses. */
async function enterWhatIsNotPublic(api: ApiClient): Promise<void> {
  const draft = await api.post('/v1/agreements', unsaid);
  await api.post('/v1/commitments', { ...unsaidPledge, agreementId: draft.id });
  const negotiated = await api.post('/v1/agreements', unsaid);
  await api.post(`/v1/agreements/${String(negotiated.id)}/negotiate`, { reason: marker });
  const file = { name: en(`Text ${marker}`), mediaType: 'application/pdf', sha256: '0'.repeat(64) };
  await api.post(`/v1/agreements/${String(negotiated.id)}/documents`, file);
  const abandoned = await api.post('/v1/agreements', unsaid);
  await api.post(`/v1/agreements/${String(abandoned.id)}/abandon`);
  for (const visibility of ['parties', 'internal']) {
    const kept = await api.post('/v1/agreements', { ...unsaid, visibility, status: 'signed', historical: true });
    await api.post('/v1/commitments', { ...unsaidPledge, agreementId: kept.id });
    await api.post(`/v1/agreements/${String(kept.id)}/enter-into-force`);
  }
  await importWhatIsNotPublic(api);
}

async function importWhatIsNotPublic(api: ApiClient): Promise<void> {
  const lines = [{}, { visibility: 'parties', status: 'signed', historical: true }].map((given, at) =>
    JSON.stringify({ ...unsaid, ...given, externalRefs: [{ system: 'archive', id: `${at}` }] }),
  );
  const { id } = await api.postLines('/v1/agreements/imports', () => lines);
  const job = await until(
    () => api.get(`/v1/agreement-imports/${String(id)}`),
    ({ status }) => status === 'done',
  );
  expect(job).toMatchObject({ created: lines.length });
}

async function agreedInPublic(api: ApiClient): Promise<string> {
  const parties = { completeness: 'exhaustive', items: [{ economy: 'CN' }, { economy: 'KR' }] };
  const id = String((await api.post('/v1/agreements', { type: 'mou', titles: en('Beacon'), parties })).id);
  await api.post(`/v1/agreements/${id}/negotiate`);
  await api.post(`/v1/agreements/${id}/agree`);
  return id;
}

export function describeWhatIsNotPublic(stack: () => TestStack): void {
  it('let nothing of drafts, negotiations and what is kept back out: by no topic, feed, webhook or register', async () => {
    const { url, tenant, stack: services } = stack();
    const { key, tenantId } = await tenant('Discreet');
    const api = new ApiClient(url, key);
    const outside = await receiver();
    try {
      await api.post('/v1/webhook-endpoints', { url: outside.url });
      await enterWhatIsNotPublic(api);
      const beacons: string[] = [];
      while (beacons.length < BEACONS) beacons.push(await agreedInPublic(api));
      await until(
        () => outside.heard.join(),
        (heard) => beacons.every((id) => heard.includes(id)),
      );

      const said: string[] = [];
      const names = topics.map(({ name }) => name);
      await readTopics(readSettings(kafkaSettings, services.kafkaSettingsOf('admin')), names, (record) => {
        said.push([record.key, record.value, JSON.stringify(record.headers)].map(String).join(' '));
      });
      const fed = await api.get('/v1/feed?limit=500');

      await expect(fetch(`${url}/v1/register/${tenantId}/agreements`)).resolves.toMatchObject({ status: 401 });
      await fetch(`${url}/v1/tenant`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: '{"publicRegister":true}',
      });
      const read = async (accept: string): Promise<string> =>
        (await fetch(`${url}/v1/register/${tenantId}/agreements?limit=500`, { headers: { accept } })).text();
      const leaving = {
        topics: said.join('\n'),
        feed: JSON.stringify(fed),
        webhooks: outside.heard.join('\n'),
        register: await read('application/json'),
        file: await read('text/csv'),
      };
      for (const [way, text] of Object.entries(leaving)) {
        expect([way, beacons.every((id) => text.includes(id)), text.includes(marker)]).toEqual([way, true, false]);
      }
    } finally {
      outside.close();
    }
  });
}
