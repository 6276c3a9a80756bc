import { setTimeout as delay } from 'node:timers/promises';
import { kafkaApi } from '../../../test/support/kafka-proxy';
import { configFor, KafkaTrial } from '../../../test/support/kafka-trial';
import { until } from '../../../test/support/until';
import { type OffsetRange, type RecordBatch } from '../src/kafka/kafka.port';
import { type ClientUnderTest, numbered, upTo } from './client-under-test';
import { GroupLedger, RecordingMember } from './recording-member';

/** Of one core, for an idle member; by the least of three measurements, as whatever else goes on only adds. */
const IDLE_CPU_SHARE = 0.1;
/** A client that asks every millisecond whether there is something to do sets a thousand. */
const IDLE_TIMERS_PER_SECOND = 200;

/** What `Subscription` promises, tried on a broker of its own through a proxy that misbehaves. */
export function subscriptionConformance(client: ClientUnderTest): void {
  let trial: KafkaTrial;
  let topic: string;
  let ledger: GroupLedger;
  let members: RecordingMember[];

  const member = (name = 'one'): RecordingMember => {
    const made = new RecordingMember(name, ledger);
    const reading = { groupId: `group-of-${topic}`, topics: [topic] };
    made.subscription = client.subscription(configFor(trial.proxy.brokers), reading, made);
    members.push(made);
    return made;
  };

  const publish = async (from: number, count: number): Promise<void> => {
    const publisher = client.publisher(trial.config, 5_000);
    await publisher.connect();
    await publisher.publish(numbered(topic, from, count));
    await publisher.close();
  };

  beforeAll(async () => {
    trial = await KafkaTrial.start();
  });

  afterAll(async () => {
    await trial.stop();
  });

  beforeEach(async () => {
    trial.proxy.heal();
    topic = await trial.topic(3);
    ledger = new GroupLedger();
    members = [];
  });

  afterEach(async () => {
    trial.proxy.heal();
    for (const { subscription } of members) await subscription.close();
  });

  it('delivers every record in order, and none before it is known where to read', async () => {
    await publish(0, 300);
    let answer!: () => void;
    const gate = new Promise<void>((resolve) => (answer = resolve));
    const one = member();
    one.beforeAssigned = async () => {
      const seenAlive = one.signsOfLife;
      await until(
        () => one.signsOfLife,
        (signs) => signs > seenAlive,
      );
      expect(ledger.taken).toEqual([]);
      await gate;
    };
    const opening = one.subscription.open();
    await until(
      () => one.signsOfLife,
      (signs) => signs >= 2,
    );
    answer();
    await opening;
    await publish(300, 100);
    await ledger.hasTaken(400);
    ledger.expectAllOnce(400);
    expect(ledger.strays).toEqual([]);
    expect(one.assignments).toEqual([upTo(3).map((partition) => ({ topic, partition }))]);
  });

  it('tells what a topic holds', async () => {
    await publish(0, 70);
    const ranges = (await member().subscription.offsetRanges([topic])).get(topic) ?? new Map<number, OffsetRange>();
    expect([...ranges.keys()].sort()).toEqual([0, 1, 2]);
    expect([...ranges.values()].map(({ earliest }) => earliest)).toEqual([0n, 0n, 0n]);
    expect([...ranges.values()].reduce((sum, { end }) => sum + Number(end), 0)).toBe(70);
  });

  it('delivers again what was not resolved, and from there', async () => {
    await publish(0, 300);
    const one = member();
    const halves = new Set<number>();
    one.take = async (batch) => {
      const half = halves.has(batch.partition) ? batch.records.length : Math.floor(batch.records.length / 2);
      halves.add(batch.partition);
      await one.takeAll(batch, half);
    };
    await one.subscription.open();
    await ledger.hasTaken(300);
    ledger.expectAllOnce(300);
  });

  it('reads on where it was told to seek, and says that the batch in hand is over', async () => {
    await publish(0, 300);
    const one = member();
    let sought: RecordBatch | undefined;
    one.take = async (batch) => {
      if (sought === undefined) {
        sought = batch;
        const third = batch.records[3]?.offset ?? -1n;
        expect(batch.isOver()).toBe(false);
        ledger.next.set(batch.partition, third);
        one.subscription.seek(batch, third);
        expect(batch.isOver()).toBe(true);
        return;
      }
      await one.takeAll(batch);
    };
    await one.subscription.open();
    await ledger.hasTaken(297);
    const offsets = ledger.taken.filter(({ partition }) => partition === sought?.partition).map(({ offset }) => offset);
    expect([offsets[0], offsets.length]).toEqual([3n, new Set(offsets).size]);
    expect(ledger.strays).toEqual([]);
  });

  it('fetches nothing of a partition while it is paused, and all of the others', async () => {
    await publish(0, 300);
    const one = member();
    let pausedAt = 0;
    let paused = -1;
    let resumedAfterMs = 0;
    one.take = async (batch) => {
      if (pausedAt === 0) {
        pausedAt = Date.now();
        paused = batch.partition;
        one.subscription.pause(batch, 1_500);
        return;
      }
      if (batch.partition === paused && resumedAfterMs === 0) resumedAfterMs = Date.now() - pausedAt;
      await one.takeAll(batch);
    };
    await one.subscription.open();
    await ledger.hasTaken(300);
    ledger.expectAllOnce(300);
    expect(resumedAfterMs).toBeGreaterThanOrEqual(1_450);
    expect(
      ledger.taken.slice(0, 300 - ledger.numbersOf(paused).length).map(({ partition }) => partition),
    ).not.toContain(paused);
  });

  it('skips and repeats nothing when a second member joins while a batch is in hand', async () => {
    await publish(0, 600);
    const [one, two] = [member('one'), member('two')];
    let inHand!: () => void;
    const begun = new Promise<void>((resolve) => (inHand = resolve));
    let interrupted = false;
    one.take = async (batch) => {
      // Half is dealt with; the rest is in hand until the group is heard to move on.
      await one.takeAll(batch, Math.floor(batch.records.length / 2));
      inHand();
      one.take = (next) => one.takeAll(next);
      for (;;) {
        try {
          await batch.heartbeat();
        } catch (error) {
          interrupted = true;
          throw error;
        }
        await delay(100);
      }
    };
    await one.subscription.open();
    await begun;
    await two.subscription.open();
    await publish(600, 600);
    await ledger.hasTaken(1_200);
    expect(interrupted).toBe(true);
    ledger.expectAllOnce(1_200);
    expect(ledger.strays).toEqual([]);
    expect(new Set(ledger.taken.map((taken) => taken.member))).toEqual(new Set(['one', 'two']));
  });

  it('does not go dumb when a handler throws what it must not: it delivers again, or says that it died', async () => {
    await publish(0, 30);
    const one = member();
    let deliveries = 0;
    one.take = () => {
      deliveries += 1;
      return Promise.reject(new TypeError('a defect'));
    };
    await one.subscription.open();
    await until(
      () => ledger.deaths.length > 0 || deliveries > 3,
      (heard) => heard,
      30_000,
    );
    expect(deliveries).toBeGreaterThan(0);
  });

  it('reads on over cut connections, torn and lost responses and a broker that is killed and comes back', async () => {
    const one = member();
    await one.subscription.open();
    await publish(0, 300);
    await ledger.hasTaken(300);
    trial.proxy.cut();
    await publish(300, 150);
    await ledger.hasTaken(450);
    const torn = trial.proxy.spoil(kafkaApi.fetch, 'response', 'tear', 1);
    await publish(450, 150);
    await ledger.hasTaken(600);
    const lost = trial.proxy.spoil(kafkaApi.fetch, 'response', 'lose', 2);
    await publish(600, 300);
    await ledger.hasTaken(900, 60_000);
    expect([torn(), lost()]).toEqual([1, 2]);
    await trial.crash();
    await publish(900, 300);
    await ledger.hasTaken(1_200, 60_000);
    ledger.expectAllOnce(1_200);
    expect(ledger.strays).toEqual([]);
  });

  it('closes within seconds when the broker has fallen silent', async () => {
    const one = member();
    await one.subscription.open();
    trial.proxy.fate = () => 'hold';
    const begun = Date.now();
    await one.subscription.close();
    expect(Date.now() - begun).toBeLessThan(15_000);
  });

  it('gives signs of life with nothing to read, and hardly costs anything then', async () => {
    const one = member();
    await one.subscription.open();
    const timers = jest.spyOn(globalThis, 'setTimeout');
    const [shares, allBegun] = [[] as number[], Date.now()];
    while (shares.length < 3) {
      const [before, begun, enough] = [process.cpuUsage(), Date.now(), one.signsOfLife + 4];
      await until(() => one.signsOfLife >= enough, Boolean);
      const { user, system } = process.cpuUsage(before);
      shares.push((user + system) / 1_000 / (Date.now() - begun));
    }
    const timersPerSecond = (timers.mock.calls.length * 1_000) / (Date.now() - allBegun);
    timers.mockRestore();
    expect(Math.min(...shares)).toBeLessThan(IDLE_CPU_SHARE);
    expect(timersPerSecond).toBeLessThan(IDLE_TIMERS_PER_SECOND);
  });
}
