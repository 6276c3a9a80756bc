import { contactRecorded, eventPublished, projectAnnounced, registrationRegistered } from '@expo-accord/contracts';
import { newId } from '@expo-accord/database';
import { Telemetry } from '@expo-accord/observability';
import { scrape, sumOf } from '../../../../test/support/metrics';
import { OtlpReceiver } from '../../../../test/support/otlp-receiver';
import { until } from '../../../../test/support/until';
import { NotificationsService, type Tenant } from '../../test/notifications-service';
import { MailReceiver, WebhookReceiver } from '../../test/receivers';
import { eventually } from '../../../../test/support/eventually';
import { type Said } from '../../../../test/support/message-wire';

let collector: OtlpReceiver;
let smtp: MailReceiver;
let hook: WebhookReceiver;
let service: NotificationsService;
let tenant: Tenant;

async function start(env: Record<string, string>): Promise<void> {
  service = await NotificationsService.start({
    WEBHOOK_ALLOW_PRIVATE_ADDRESSES: 'true',
    SMTP_URL: smtp.url,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    METRICS_PORT: '0',
    ...env,
  });
  tenant = service.tenant();
  await tenant.call('POST', 'webhook-endpoints', { body: { url: hook.url } });
}

beforeEach(async () => {
  collector = await OtlpReceiver.start();
  smtp = await MailReceiver.start();
  hook = await WebhookReceiver.start();
});

afterEach(async () => {
  await service.stop();
  await hook.stop();
  await smtp.stop();
  await collector.stop();
});

const cause = { traceId: 'a'.repeat(32), spanId: '00f067aa0ba902b7' };

/** As a service says it whose request was traced. */
async function sayTraced(said: Said, traceId = cause.traceId): Promise<void> {
  Object.assign(said.message.headers!, { traceparent: `00-${traceId}-${cause.spanId}-01` });
  await service.wire.send(said);
}

const announced = (projectId: string) => service.wire.prepare(projectAnnounced, tenant.id, projectId, { projectId });

const attemptsOf = (channel: string) => collector.spans.filter(({ name }) => name === `deliver ${channel}`);

it('goes on with the trace of its cause, at each attempt, and tells a stranger nothing of it', async () => {
  await start({});
  hook.answer = () => (hook.posted.length < 2 ? 503 : 204);
  await sayTraced(announced(newId()));
  await eventually(() => (attemptsOf('webhook').length === 2 ? true : undefined));
  const [failed, delivered] = attemptsOf('webhook').map((span) => ({ ...span, spanId: undefined }));
  expect(failed).toMatchObject({
    kind: 3,
    traceId: cause.traceId,
    parentSpanId: cause.spanId,
    attributes: { 'expo_accord.delivery.reply_code': 503, 'error.type': 'http-error' },
  });
  expect(delivered).toMatchObject({
    traceId: cause.traceId,
    attributes: { 'expo_accord.delivery.attempt': 2, 'expo_accord.delivery.result': 'delivered' },
  });
  expect(hook.posted.map(({ headers }) => headers['traceparent'])).toEqual([undefined, undefined]);
  // What became of it is announced in the same trace.
  const announcing = await collector.untilSpan(({ name, links }) => name === 'send outbox' && links.length > 0);
  expect(announcing.traceId).toBe(cause.traceId);
});

it('lets a receiver go on with the trace where that is wanted', async () => {
  await start({ WEBHOOK_TRACEPARENT: 'true' });
  await sayTraced(announced(newId()));
  const [span] = await eventually(() => (attemptsOf('webhook').length > 0 ? attemptsOf('webhook') : undefined));
  expect(hook.posted[0]?.headers['traceparent']).toBe(`00-${cause.traceId}-${span?.spanId ?? ''}-01`);
});

it('is measured, and neither spans nor metrics say who somebody is', async () => {
  await start({});
  const [eventId, registrationId] = [newId(), newId()];
  const email = 'minsu.kim@example.org';
  const traceId = 'b'.repeat(32);
  const { wire } = service;
  await sayTraced(wire.prepare(eventPublished, tenant.id, eventId, { eventId }), traceId);
  const contact = { registrationId, eventId, email };
  await sayTraced(wire.prepare(contactRecorded, tenant.id, registrationId, contact), traceId);
  const registered = { registrationId, eventId, notify: true };
  await sayTraced(wire.prepare(registrationRegistered, tenant.id, registrationId, registered), traceId);
  await eventually(() => smtp.to(email)[0]);
  hook.answer = () => 500;
  await wire.say(projectAnnounced, tenant.id, newId(), {});

  const labels = { service: 'notifications', channel: 'mail' };
  const samples = await until(
    () => scrape(service.app.get(Telemetry).metricsUrl!),
    (found) =>
      sumOf(found, 'expo_accord_delivery_attempts_total', { ...labels, result: 'delivered' }) === 1 &&
      // Asked of the database before attempts are counted, which the last may come between.
      sumOf(found, 'expo_accord_deliveries_pending', labels) === 0 &&
      (sumOf(found, 'expo_accord_delivery_attempts_total', { channel: 'webhook', result: 'retry' }) ?? 0) > 0,
  );
  expect(sumOf(samples, 'expo_accord_delivery_attempt_duration_seconds_count', labels)).toBe(1);
  expect(sumOf(samples, 'expo_accord_delivery_oldest_due_age_seconds', labels)).toBe(0);
  const consumers = samples.filter(({ name }) => name === 'expo_accord_consumer_lag_messages');
  expect([...new Set(consumers.map((sample) => sample.labels['consumer']))].sort()).toEqual([
    'notifications.contacts',
    'notifications.events',
    'notifications.registrations',
    'notifications.webhooks',
  ]);
  const mailed = await collector.untilSpan(({ name }) => name === 'deliver mail');
  expect(mailed).toMatchObject({ traceId, attributes: { 'expo_accord.delivery.reply_code': 250 } });
  const told = collector.text + JSON.stringify(samples);
  for (const secret of [email, 'minsu', registrationId, tenant.id, hook.url]) expect(told).not.toContain(secret);
});
