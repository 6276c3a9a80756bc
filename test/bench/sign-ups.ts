import { ApiClient } from '../../deploy/demo/api-client';
import { type TestStack } from '../support/stack';
import { untilAtRest } from '../support/operating';
import { type BenchRun, type Outcome } from './bench';
import { cpuSecondsOfServices } from './cpu';
import { now, percentile } from './latencies';
import { importSignUps, openExpo, saidEverything, signUpOf } from './open-expo';
import { RawLoad, rawPost } from './raw-load';
import { medianOf } from './report';
import { signUpPeer } from './sign-up-peer';
import { type StatementPeer } from './statement-peer';

/** In the table at the end, ten times as many as at first. */
const ROWS = 100_000;
const GROWN = 10;
const CONNECTIONS = 32;
/** Of the rows that are there at first so many are signed up in each repetition: at once, and one after the other. */
const SHARE_AT_ONCE = 1;
const SHARE_ALONE = 0.1;
const UNLIMITED = 100_000_000;

interface Measured {
  readonly perSecond: number;
  readonly p99Ms: number;
  /** Microseconds of a core for each sign-up, of all five services together, with what they do for each other meanwhile. */
  readonly cpuMicros: number;
}

interface Repetition {
  readonly atOnce: Measured;
  readonly alone: Measured;
  /** From the last answer until the relay had sent everything, and until everybody had heard it. */
  readonly sentSeconds: number;
  readonly heardSeconds: number;
}

/** Single sign-ups through the gateway, beside bare SQL, in a table of some rows and of ten times as many. */
export async function signUps({ messages = ROWS, repeats, log, stack }: BenchRun): Promise<Outcome> {
  const rows = Math.ceil(messages / GROWN);
  const test = await stack();
  const { key } = await test.tenant('Bench');
  const api = new ApiClient(test.url, key);
  const eventId = await openExpo(api, UNLIMITED);
  const peer = await signUpPeer(String(test.stack.settingsOf('registrations').DATABASE_URL));
  const expo = new Expo(test, key, eventId, peer);

  log('Warming up.');
  await expo.repetition(rows);
  await expo.bare(rows);
  log(`With ${rows} rows and more.`);
  const few = await measured(repeats, () => expo.repetition(rows));
  const bare = await measured(repeats, () => expo.bare(rows));
  const there = (1 + repeats) * rows * (SHARE_AT_ONCE + SHARE_ALONE);
  log('With ten times as many.');
  await importSignUps(api, await openExpo(api), Math.ceil(there * (GROWN - 1)));
  await untilAtRest(test.stack);
  await expo.repetition(Math.ceil(rows / 10));
  const grown = await measured(repeats, () => expo.repetition(rows));
  return outcomeOf(few, bare, grown, peer.note);
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

async function measured<T>(repeats: number, repetition: () => Promise<T>): Promise<T[]> {
  const all: T[] = [];
  while (all.length < repeats) all.push(await repetition());
  return all;
}

class Expo {
  private people = 0;
  private signedUpBare = 0;

  constructor(
    private readonly test: TestStack,
    private readonly key: string,
    private readonly eventId: string,
    private readonly peer: StatementPeer,
  ) {}

  async repetition(rows: number): Promise<Repetition> {
    const alone = await this.signedUp(Math.ceil(rows * SHARE_ALONE), 1);
    await saidEverything(this.test);
    const atOnce = await this.signedUp(Math.ceil(rows * SHARE_AT_ONCE), CONNECTIONS);
    const endedAt = now();
    await saidEverything(this.test);
    const sentSeconds = (now() - endedAt) / 1_000;
    await untilAtRest(this.test.stack);
    return { alone, atOnce, sentSeconds, heardSeconds: (now() - endedAt) / 1_000 };
  }

  /** @returns how many a second bare SQL signs up, by as many clients and by one */
  async bare(rows: number): Promise<{ atOnce: number; alone: number }> {
    const count = rows * SHARE_AT_ONCE;
    const atOnce = await this.peer.perSecond(CONNECTIONS, this.signedUpBare, count);
    const alone = await this.peer.perSecond(1, this.signedUpBare + 2 * count, count);
    this.signedUpBare += 4 * count;
    return { atOnce, alone };
  }

  private async signedUp(count: number, connections: number): Promise<Measured> {
    const url = new URL(this.test.url);
    const headers = { authorization: `Bearer ${this.key}` };
    const requests = Array.from({ length: count }, () => {
      this.people += 1;
      return rawPost(url, `/v1/events/${this.eventId}/registrations`, headers, signUpOf(this.people, 'buyer'));
    });
    const load = await RawLoad.open(url, connections);
    const before = sumOf(cpuSecondsOfServices(this.test.stack));
    const { statuses, latencies, seconds } = await load.send(requests);
    const cpuMicros = ((sumOf(cpuSecondsOfServices(this.test.stack)) - before) / count) * 1e6;
    load.close();
    const odd = statuses.find((status) => status !== 201);
    if (odd !== undefined) throw new Error(`A good sign-up was answered ${odd}`);
    return { perSecond: count / seconds, p99Ms: percentile(latencies, 99), cpuMicros };
  }
}

function outcomeOf(
  few: Repetition[],
  bare: { atOnce: number; alone: number }[],
  grown: Repetition[],
  peer: string,
): Outcome {
  const of = (all: Repetition[], pick: (one: Repetition) => number): number[] => all.map(pick);
  const perSecond32 = of(few, ({ atOnce }) => atOnce.perSecond);
  const perSecond1 = of(few, ({ alone }) => alone.perSecond);
  const p99Ms32 = of(few, ({ atOnce }) => atOnce.p99Ms);
  const ratios32 = perSecond32.map((each, at) => each / (bare[at]?.atOnce ?? NaN));
  const ratios1 = perSecond1.map((each, at) => each / (bare[at]?.alone ?? NaN));
  const grown32 = of(grown, ({ atOnce }) => atOnce.perSecond);
  const heardSeconds = of(few, (each) => each.heardSeconds);
  const growth = medianOf(perSecond32) / medianOf(grown32);
  return {
    rows: [
      { what: `sign-ups, ${CONNECTIONS} connections`, unit: 'a second', values: perSecond32 },
      { what: 'p99', unit: 'ms', values: p99Ms32, goal: '<= 40' },
      { what: `bare SQL, ${CONNECTIONS} clients`, unit: 'a second', values: bare.map(({ atOnce }) => atOnce) },
      { what: 'sign-ups by bare SQL', unit: '', values: ratios32, goal: '>= 1.2' },
      { what: 'sign-ups, 1 connection', unit: 'a second', values: perSecond1 },
      { what: 'bare SQL, 1 client', unit: 'a second', values: bare.map(({ alone }) => alone) },
      { what: 'sign-ups by bare SQL', unit: '', values: ratios1, goal: '>= 0.35' },
      { what: `sign-ups, ${CONNECTIONS} connections, 10 x the rows`, unit: 'a second', values: grown32 },
      { what: 'their time by that of the first', unit: '', values: [growth], goal: '<= 1.2' },
      { what: 'services, a sign-up', unit: 'us of a core', values: of(few, ({ atOnce }) => atOnce.cpuMicros) },
      { what: 'last answer to last message sent', unit: 's', values: of(few, (each) => each.sentSeconds) },
      { what: 'last answer to last message heard', unit: 's', values: heardSeconds },
    ],
    notes: [`Bare SQL: one statement that takes a place, inserts the sign-up and its message; ${peer}.`],
    figures: {
      perSecond32: medianOf(perSecond32),
      p99Ms32: medianOf(p99Ms32),
      ratio32: medianOf(ratios32),
      perSecond1: medianOf(perSecond1),
      ratio1: medianOf(ratios1),
      growth,
      lagSeconds: medianOf(heardSeconds),
    },
  };
}
