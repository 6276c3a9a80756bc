import { Controller } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { seriesRecorded, seriesTopic } from '@expo-accord/contracts';
import { newId, Transactions } from '@expo-accord/database';
import { currentContext, runInContext, startTelemetry, type Telemetry } from '@expo-accord/observability';
import { say, service, surroundings, type Surroundings } from '../../../test/support/messaging-service';
import { scrape, sumOf } from '../../../test/support/metrics';
import { OtlpReceiver } from '../../../test/support/otlp-receiver';
import { until } from '../../../test/support/until';
import { type MessageContext, OnMessage, PermanentFailure, type Received } from '.';

const consumer = 'events.telemetry-spec';
const failing = { forNow: new Set<string>(), forGood: new Set<string>() };
const seen: { aggregateId: string; traceparent: string | undefined }[] = [];

@Controller()
class EffectConsumer {
  @OnMessage(consumer, seriesRecorded)
  async onRecorded({ aggregateId, source }: Received, { manager }: MessageContext): Promise<void> {
    if (failing.forGood.has(aggregateId)) throw new PermanentFailure('kim@example.org is not welcome');
    // Once together, once one by one, and the third time it works.
    if (failing.forNow.delete(aggregateId) || failing.forNow.delete(`${aggregateId} again`)) throw new Error('not yet');
    await manager.query('INSERT INTO effect (source) VALUES ($1)', [source]);
    seen.push({ aggregateId, traceparent: currentTraceparent() });
  }
}

const currentTraceparent = () => currentContext()?.traceparent;

let around: Surroundings;
let collector: OtlpReceiver;
let telemetry: Telemetry;
let app: NestFastifyApplication;

beforeAll(async () => {
  collector = await OtlpReceiver.start();
  telemetry = await startTelemetry({
    service: 'events',
    traces: { endpoint: collector.url, sampler: 'parentbased_always_on', ratio: 1 },
    metrics: { host: '127.0.0.1', port: 0 },
  });
  around = await surroundings([consumer]);
  app = await service(around, [EffectConsumer], [consumer], telemetry);
});

afterAll(async () => {
  await app.close();
  await collector.stop();
  await around.drop();
});

const traceOf = (digit: string) => ({ requestId: newId(), traceparent: `00-${digit.repeat(32)}-00f067aa0ba902b7-01` });

const untilSeen = (aggregateId: string) =>
  until(
    () => seen.find((each) => each.aggregateId === aggregateId),
    (found) => found !== undefined,
  );

describe('the trace of a message', () => {
  it('goes on through the relay to the consumer and into what the handler causes', async () => {
    const id = newId();
    await runInContext(traceOf('a'), () => say(app, id));
    const found = await untilSeen(id);
    const sent = await collector.untilSpan(({ name, traceId }) => name === 'send outbox' && traceId === 'a'.repeat(32));
    const taken = await collector.untilSpan(({ name }) => name === `process ${seriesTopic.name}`);
    expect(sent).toMatchObject({ kind: 4, links: [{ spanId: '00f067aa0ba902b7' }] });
    expect(taken).toMatchObject({
      kind: 5,
      traceId: 'a'.repeat(32),
      attributes: { 'messaging.consumer.group.name': consumer, 'messaging.batch.message_count': 1 },
    });
    expect(found?.traceparent).toBe(`00-${taken.traceId}-${taken.spanId}-01`);
  });

  it('is linked from the spans of a batch that has messages of others too', async () => {
    const [one, other] = [newId(), newId()];
    await app.get(Transactions).run(async () => {
      await runInContext(traceOf('b'), () => say(app, one));
      await runInContext(traceOf('c'), () => say(app, other));
    });
    await untilSeen(other);
    const sent = await collector.untilSpan(({ name, links }) => name === 'send outbox' && links.length === 2);
    expect(sent.parentSpanId).toBeUndefined();
    expect(sent.links.map(({ traceId }) => traceId).sort()).toEqual(['b'.repeat(32), 'c'.repeat(32)]);
    expect(seen.find(({ aggregateId }) => aggregateId === other)?.traceparent).toContain('c'.repeat(32));
  });
});

describe('the metrics', () => {
  it('tell what was sent, taken, tried again, parked and still waits', async () => {
    const [fine, later, poisoned] = [newId(), newId(), newId()];
    failing.forNow.add(later).add(`${later} again`);
    failing.forGood.add(poisoned);
    await say(app, fine);
    await say(app, later);
    await untilSeen(later);
    await say(app, poisoned, poisoned);
    const of = { service: 'events', consumer };
    const samples = await until(
      () => scrape(telemetry.metricsUrl!),
      (found) =>
        sumOf(found, 'expo_accord_consumer_parked_messages', of) === 2 &&
        // The copy of the failed message; the one behind it only waits.
        sumOf(found, 'expo_accord_relay_messages_total', { topic: `dead-letters.${consumer}` }) === 1 &&
        sumOf(found, 'expo_accord_outbox_messages') === 0 &&
        sumOf(found, 'expo_accord_consumer_lag_messages', of) === 0,
    );
    const value = (name: string, labels: Record<string, string> = of) => sumOf(samples, `expo_accord_${name}`, labels);
    expect(value('consumer_parked_keys')).toBe(1);
    expect(value('consumer_messages_total', { ...of, topic: seriesTopic.name, outcome: 'parked' })).toBe(2);
    expect(value('consumer_messages_total', { ...of, outcome: 'handled' })).toBeGreaterThanOrEqual(2);
    expect(value('consumer_retries_total', { ...of, how: 'later' })).toBe(1);
    expect(value('consumer_retries_total', { ...of, how: 'one by one' })).toBe(2);
    expect(value('consumer_batch_messages_count')).toBeGreaterThanOrEqual(3);
    expect(value('consumer_batch_duration_seconds_sum')).toBeGreaterThan(0.05);
    expect(value('consumer_handler_duration_seconds_count', { ...of, handler: 'onRecorded' })).toBeGreaterThanOrEqual(
      5,
    );
    const relay = { service: 'events' };
    expect(value('relay_messages_total', { ...relay, topic: seriesTopic.name })).toBeGreaterThanOrEqual(4);
    expect(value('relay_send_duration_seconds_count', relay)).toBe(value('relay_batch_messages_count', relay));
    expect(value('relay_sending', relay)).toBe(1);
    expect(value('outbox_oldest_age_seconds', relay)).toBe(0);
    expect(samples.filter(({ labels }) => labels.service !== 'events')).toEqual([]);
  });

  it('tell the age of what cannot be sent', async () => {
    // Of another shard, so that this relay leaves it where it is.
    await around.db.query(`INSERT INTO outbox (shard, topic, headers, created_at)
      VALUES (1, '${seriesTopic.name}', '{}', now() - interval '90 seconds')`);
    const samples = await scrape(telemetry.metricsUrl!);
    expect(sumOf(samples, 'expo_accord_outbox_messages')).toBe(1);
    expect(sumOf(samples, 'expo_accord_outbox_oldest_age_seconds')).toBeGreaterThan(89);
  });

  it('say nothing of aggregates, tenants or values', () => {
    expect(collector.text).not.toContain('kim@example.org');
    for (const { aggregateId } of seen) expect(collector.text).not.toContain(aggregateId);
  });
});
