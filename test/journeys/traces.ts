import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { ApiClient, type Json } from '../../deploy/demo/api-client';
import { scrape, type Sample } from '../support/metrics';
import { type OtlpReceiver } from '../support/otlp-receiver';
import { publishable } from '../support/publishable';
import { type TestStack } from '../support/stack';
import { until } from '../support/until';

const agreementId = async (api: ApiClient): Promise<string> => {
  const party = (economy: string, name: string) => ({
    economy,
    name: { original: 'en', texts: { en: name } },
    role: 'party',
  });
  const { id } = await api.post('/v1/agreements', {
    type: 'mou',
    titles: { original: 'en', texts: { en: 'Harbour memorandum' } },
    parties: { completeness: 'exhaustive', items: [party('CN', 'Port of Qingdao'), party('KR', 'Port of Incheon')] },
  });
  await api.post(`/v1/agreements/${String(id)}/negotiate`, {});
  await api.post(`/v1/agreements/${String(id)}/agree`, {});
  return String(id);
};

export interface Observed {
  test: TestStack;
  /** What the services of the stack send their spans to. */
  collector: OtlpReceiver;
  /** Where each service shows its metrics. */
  metricsPorts: ReadonlyMap<string, number>;
}

export function describeTraces(observed: () => Observed): void {
  describe('the trace of a request', () => {
    let collector: OtlpReceiver;
    let stranger: Server;
    let key: string;
    let api: ApiClient;

    beforeAll(async () => {
      const { test } = observed();
      ({ collector } = observed());
      stranger = createServer((_request, response) => response.writeHead(204).end());
      await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
      ({ key } = await test.tenant('Traced'));
      api = new ApiClient(test.url, key);
      await api.post('/v1/webhook-endpoints', {
        url: `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`,
        types: ['expo-accord.agreement.signed.v1'],
      });
    });

    afterAll(() => {
      stranger.closeAllConnections();
      stranger.close();
    });

    async function traced(traceId: string, path: string, body: object, type = 'application/json'): Promise<void> {
      const response = await fetch(`${api.baseUrl}${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': type,
          traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
        },
        body: `${JSON.stringify(body)}\n`,
      });
      expect(response.ok).toBe(true);
    }

    /** Each process sends its spans when it has some, so that the first of a trace may come last. */
    async function untilSteps(traceId: string, expected: readonly string[]): Promise<void> {
      await until(
        () =>
          collector.spans.filter((span) => span.traceId === traceId).map(({ service, name }) => `${service}: ${name}`),
        (steps) => expected.every((step) => steps.includes(step)),
      );
    }

    it('is one from the gateway to the webhook', async () => {
      const traceId = 'a'.repeat(32);
      const agreement = await agreementId(api);
      // So that nothing of another trace is sent in one batch with what follows.
      await until(
        () => api.get('/v1/feed'),
        ({ items }) => (items as Json[]).some(({ type }) => type === 'expo-accord.agreement.agreed.v1'),
      );
      await traced(traceId, `/v1/agreements/${agreement}/sign`, {});
      const webhook = await collector.untilSpan(({ name }) => name === 'deliver webhook');
      expect(webhook).toMatchObject({ traceId, attributes: { 'expo_accord.delivery.result': 'delivered' } });
      await untilSteps(traceId, [
        'gateway: POST /v1/*',
        'agreements: POST /v1/agreements/:id/:action',
        'agreements: send outbox',
        'notifications: process agreements.agreement',
        'notifications: deliver webhook',
      ]);
    });

    async function openEvent(): Promise<string> {
      const { id } = await api.post('/v1/events', {
        names: { original: 'en', texts: { en: 'Harbour expo' } },
        kind: 'exposition',
        ...publishable,
      });
      await api.post(`/v1/events/${String(id)}/publish`, {});
      await api.post(`/v1/events/${String(id)}/open`, {});
      await until(
        () => api.get(`/v1/events/${String(id)}/availability`),
        ({ open }) => open === true,
      );
      await api.post(`/v1/events/${String(id)}/ticket-categories`, { code: 'buyer', quota: 5 });
      return String(id);
    }

    const signUp = {
      category: 'buyer',
      economy: 'KR',
      language: 'ko',
      person: { name: { texts: { ko: '김민수' }, order: 'familyFirst' }, email: 'minsu@example.org' },
    };

    it('is one from the gateway to the mail, and says nothing of whom it is to', async () => {
      const traceId = 'b'.repeat(32);
      await traced(traceId, `/v1/events/${await openEvent()}/registrations`, { ...signUp, notify: 'changes' });
      const mail = await collector.untilSpan((span) => span.name === 'deliver mail' && span.traceId === traceId);
      expect(mail).toMatchObject({ attributes: { 'expo_accord.delivery.result': 'delivered' } });
      for (const secret of ['김민수', 'minsu', key, '127.0.0.1']) expect(collector.text).not.toContain(secret);
    });

    it('is one from an uploaded file to the mail', async () => {
      const traceId = 'c'.repeat(32);
      const path = `/v1/events/${await openEvent()}/imports?notify=changes`;
      await traced(traceId, path, signUp, 'application/x-ndjson');
      const mail = await collector.untilSpan((span) => span.name === 'deliver mail' && span.traceId === traceId);
      expect(mail).toMatchObject({ attributes: { 'expo_accord.delivery.result': 'delivered' } });
      await untilSteps(traceId, [
        'gateway: POST /v1/*',
        'registrations: import sign-ups',
        'registrations: send outbox',
      ]);
    });

    it('goes along with metrics of every service', async () => {
      const pages = await Promise.all(
        [...observed().metricsPorts].map(async ([service, port]): Promise<[string, Sample[]]> => [
          service,
          await scrape(`http://127.0.0.1:${port}/metrics`),
        ]),
      );
      for (const [service, samples] of pages) {
        expect(samples.filter(({ labels }) => labels['service'] !== service)).toEqual([]);
        const names = new Set(samples.map(({ name }) => name));
        expect(names).toContain('http_server_request_duration_seconds_count');
        if (service !== 'gateway') expect(names).toContain('expo_accord_outbox_oldest_age_seconds');
      }
    });
  });
}
