import { setTimeout as delay } from 'node:timers/promises';
import { type Fate, kafkaApi, type Passing } from '../../../test/support/kafka-proxy';
import { configFor, KafkaTrial } from '../../../test/support/kafka-trial';
import { type OutgoingRecord, type Publisher } from '../src/kafka/kafka.port';
import { allInOrder, type ClientUnderTest, firstOccurrences, numbered } from './client-under-test';

const REQUEST_TIMEOUT_MS = 1_000;

/** What `Publisher` promises, tried on a broker of its own through a proxy that misbehaves. */
export function publisherConformance(client: ClientUnderTest): void {
  let trial: KafkaTrial;
  let topic: string;

  const connected = async (): Promise<Publisher> => {
    const publisher = client.publisher(configFor(trial.proxy.brokers), REQUEST_TIMEOUT_MS);
    await publisher.connect();
    return publisher;
  };

  /** As the relay does it: after any failure, another publisher sends the same again once late requests are in. */
  const publishAll = async (batches: OutgoingRecord[][], before: (batch: number) => void): Promise<number> => {
    let failures = 0;
    let publisher: Publisher | undefined;
    for (let at = 0; at < batches.length;) {
      before(at);
      try {
        publisher ??= await connected();
        await publisher.publish(batches[at] ?? []);
        at += 1;
      } catch {
        failures += 1;
        await publisher?.close().catch(() => undefined);
        publisher = undefined;
        await delay(REQUEST_TIMEOUT_MS);
      }
    }
    await publisher?.close();
    return failures;
  };

  const meet = (fate: Fate, direction: Passing['direction'], times?: number): void => {
    trial.proxy.spoil(kafkaApi.produce, direction, fate, times);
  };

  const tenBatches = (): OutgoingRecord[][] => Array.from({ length: 10 }, (_, at) => numbered(topic, at * 20, 20));

  beforeAll(async () => {
    trial = await KafkaTrial.start();
  });

  afterAll(async () => {
    await trial.stop();
  });

  beforeEach(async () => {
    trial.proxy.heal();
    topic = await trial.topic(3);
  });

  it('puts what it acknowledged into its topics: complete, in order, as it was given', async () => {
    const other = await trial.topic(2);
    const publisher = await connected();
    for (const batch of tenBatches()) {
      await publisher.publish([...batch, { topic: other, key: null, headers: { a: 'ü' }, value: null }]);
    }
    await publisher.close();
    const records = await trial.recordsOf(topic);
    expect([records.length, firstOccurrences(records)]).toEqual([200, allInOrder(200)]);
    expect(String(records[0]?.value)).toMatch(/^value \d/);
    const others = await trial.recordsOf(other);
    expect(others).toHaveLength(10);
    expect(others[0]).toMatchObject({ key: null, value: null, headers: { a: 'ü' } });
  });

  it('puts records of one key into one partition, the same for every publisher', async () => {
    await publishAll([numbered(topic, 0, 70)], () => undefined);
    await publishAll([numbered(topic, 0, 70)], () => undefined);
    const places = new Set((await trial.recordsOf(topic)).map(({ key, partition }) => `${String(key)}/${partition}`));
    expect(places.size).toBe(7);
  });

  it('rejects in the end when no response comes, and another may send the same again', async () => {
    const [first = [], ...others] = tenBatches();
    const publisher = await connected();
    meet('lose', 'response');
    await expect(publisher.publish(first)).rejects.toThrow();
    trial.proxy.heal();
    await publisher.close();
    await publishAll([first, ...others], () => undefined);
    expect(firstOccurrences(await trial.recordsOf(topic))).toEqual(allInOrder(200));
  });

  it('loses nothing when one response is lost, whether it tries again by itself or not', async () => {
    const armed = new Set([3, 7]);
    await publishAll(tenBatches(), (batch) => {
      if (armed.delete(batch)) meet('lose', 'response', 1);
    });
    expect(firstOccurrences(await trial.recordsOf(topic))).toEqual(allInOrder(200));
  });

  it.each(['request', 'response'] as const)('loses nothing when the connection is cut at a %s', async (direction) => {
    const armed = new Set([2, 6]);
    await publishAll(tenBatches(), (batch) => {
      if (armed.delete(batch)) meet('cut', direction, 1);
    });
    expect(firstOccurrences(await trial.recordsOf(topic))).toEqual(allInOrder(200));
  });

  it('rejects when the broker is too slow, and what comes late does no harm', async () => {
    const publisher = await connected();
    meet({ lateByMs: 2 * REQUEST_TIMEOUT_MS }, 'request');
    await expect(publisher.publish(tenBatches()[0] ?? [])).rejects.toThrow();
    trial.proxy.heal();
    await publisher.close();
    await publishAll(tenBatches(), () => undefined);
    expect(firstOccurrences(await trial.recordsOf(topic))).toEqual(allInOrder(200));
  });

  it('closes within seconds when the broker has fallen silent', async () => {
    const publisher = await connected();
    trial.proxy.fate = () => 'hold';
    const publishing = publisher.publish(numbered(topic, 0, 1)).catch(() => undefined);
    const begun = Date.now();
    await publisher.close().catch(() => undefined);
    expect(Date.now() - begun).toBeLessThan(15_000);
    trial.proxy.heal();
    await publishing;
  });

  it('rejects when the answer leaves out what was written to', async () => {
    trial.proxy.fate = (passing) =>
      passing.api === kafkaApi.produce && passing.direction === 'response'
        ? { insteadSend: acknowledgingNothing(passing) }
        : 'pass';
    const publisher = await connected();
    await expect(publisher.publish(numbered(topic, 0, 5))).rejects.toThrow(/acknowledge/);
    await publisher.close();
  });

  it('rejects what goes to a topic that is not there', async () => {
    const publisher = await connected();
    await expect(publisher.publish(numbered('nowhere', 0, 1))).rejects.toThrow();
    await publisher.close();
  });

  it('keeps its promise over a broker that is killed and comes back', async () => {
    let crash: Promise<void> | undefined;
    const batches = Array.from({ length: 60 }, (_, at) => numbered(topic, at * 20, 20));
    await publishAll(batches, (batch) => {
      if (batch === 20) crash ??= trial.crash();
    });
    await crash;
    expect(firstOccurrences(await trial.recordsOf(topic))).toEqual(allInOrder(1_200));
  });
}

/** A whole response to a produce request, but about no topic at all. */
function acknowledgingNothing({ frame, version }: Passing): Buffer {
  const correlationId = frame.subarray(0, 4);
  // No topics and no throttling; from version 9 on lengths are shorter, and tagged fields follow.
  return version < 9
    ? Buffer.concat([correlationId, Buffer.alloc(8)])
    : Buffer.concat([correlationId, Buffer.from([0, 1]), Buffer.alloc(5)]);
}
