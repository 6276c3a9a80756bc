import { OtlpReceiver } from '../../../../test/support/otlp-receiver';
import { GatewayHarness, type Upstream, upstreamAnswering } from '../../test/gateway-harness';

const gateway = new GatewayHarness();
let collector: OtlpReceiver;
let service: Upstream;

beforeAll(async () => {
  collector = await OtlpReceiver.start();
  service = await upstreamAnswering((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(request.headers));
  });
  await gateway.start({ EVENTS_URL: service.url, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
});

afterAll(async () => {
  await gateway.stop();
  await service.close();
  await collector.stop();
});

it('passes on the trace with its own span as the parent, and says nothing of keys', async () => {
  const { key } = await gateway.tenant('Expo A');
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
  const { body: sent } = await gateway.call(key, 'GET', '/v1/events/7', undefined, { traceparent });
  const span = await collector.untilSpan(({ name }) => name === 'GET /v1/*');
  expect(span).toMatchObject({ service: 'gateway', traceId, parentSpanId: '00f067aa0ba902b7' });
  expect(sent['traceparent']).toBe(`00-${traceId}-${span.spanId}-01`);
  expect(collector.text).not.toContain(key);
});
