import { Telemetry } from '@expo-accord/observability';
import { note, NoteApi, noteId } from '../../../test/support/note-api';
import { OtlpReceiver } from '../../../test/support/otlp-receiver';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';
const traceparent = `00-${traceId}-${spanId}-01`;

const api = new NoteApi();
let collector: OtlpReceiver;

beforeAll(async () => {
  collector = await OtlpReceiver.start();
  await api.start(undefined, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, METRICS_PORT: '0' });
});

afterAll(async () => {
  await api.stop();
  await collector.stop();
});

const metricsUrl = () => api.app.get(Telemetry).metricsUrl!;
const measured = async () => (await fetch(metricsUrl())).text();

describe('a request', () => {
  it('has a span that goes on from its traceparent and names the route, not the path', async () => {
    await api.call('GET', `/v1/notes/${noteId}?email=kim@example.org`, undefined, { traceparent });
    const span = await collector.untilSpan((each) => each.traceId === traceId);
    expect(span).toMatchObject({
      service: 'notes',
      name: 'GET /v1/notes/:id',
      kind: 2,
      parentSpanId: spanId,
      attributes: { 'http.request.method': 'GET', 'http.route': '/v1/notes/:id', 'http.response.status_code': 404 },
      status: { code: 0 },
    });
    expect(collector.text).not.toMatch(new RegExp(`kim|${noteId}`));
  });

  it.each(['00-0-0-01', 'kim@example.org', `ff-${traceId}-${spanId}-01`, `00-${'0'.repeat(32)}-${spanId}-01`])(
    'begins a trace of its own where the traceparent is %s',
    async (unsound) => {
      const before = collector.spans.length;
      await api.call('POST', '/v1/notes', note('a'), { traceparent: unsound });
      await collector.untilSpan((each) => each.name === 'POST /v1/notes' && collector.spans.indexOf(each) >= before);
      expect(collector.spans[before]).toMatchObject({ traceId: expect.not.stringMatching(traceId) as string });
      expect(collector.spans[before]?.parentSpanId).toBeUndefined();
    },
  );

  it('that the caller does not want traced is not', async () => {
    const unsampled = traceparent.replace(/01$/, '00');
    await api.call('GET', '/v1/notes', undefined, { traceparent: unsampled });
    await api.call('GET', '/health/live');
    await api.call('GET', '/v1/notes/failing');
    const failing = await collector.untilSpan(({ name }) => name === 'GET /v1/notes/failing');
    expect(failing).toMatchObject({ attributes: { 'error.type': '500' }, status: { code: 2 } });
    expect(collector.spans.filter(({ name }) => /GET \/(v1\/notes$|health)/.test(name))).toEqual([]);
  });

  it('is measured by route and status, on a port of its own', async () => {
    await api.call('GET', '/v1/nothing');
    await api.call('GET', '/v1/notes/failing');
    expect(await measured()).toMatch(
      /http_server_request_duration_seconds_count\{method="GET",route="\/v1\/notes\/failing",status="500",service="notes"\} [12]\n/,
    );
    expect(await measured()).toContain('{method="GET",route="none",status="404",service="notes"} 1');
    expect((await api.call('GET', '/metrics')).status).toBe(404);
    expect((await fetch(new URL('/', metricsUrl()))).status).toBe(404);
  });
});
