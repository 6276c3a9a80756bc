import { type ServiceName } from '@expo-accord/contracts';
import { serviceNames } from '../../deploy/local/services';
import { SeededRandom } from '../support/seeded-random';

/** Every service runs twice: side `a` and side `b`, each behind a gateway and a database connection of its own. */
export const sides = ['a', 'b'] as const;
export type Side = (typeof sides)[number];
export type InstanceName = `${ServiceName}-${Side}`;
export type Speaker = Exclude<ServiceName, 'gateway'>;

export const instanceNames = serviceNames.flatMap((service) => sides.map((side): InstanceName => `${service}-${side}`));
/** Those with an outbox. */
export const speakers = serviceNames.filter((name): name is Exclude<typeof name, 'gateway'> => name !== 'gateway');

/** What is done to the parts of the system. `awayMs`: how long a killed one stays away before it is started again. */
export type Fault = { readonly atMs: number } & (
  | { readonly kind: 'kill-instances'; readonly instances: readonly InstanceName[]; readonly awayMs: number }
  /** Whichever instance owns the service's outbox at that moment. */
  | { readonly kind: 'kill-relay-owner'; readonly service: Speaker; readonly awayMs: number }
  | { readonly kind: 'kill-broker'; readonly awayMs: number }
  | { readonly kind: 'kill-postgres'; readonly awayMs: number }
  | { readonly kind: 'kill-together'; readonly instances: readonly InstanceName[]; readonly awayMs: number }
  | { readonly kind: 'cut-kafka' }
  | { readonly kind: 'cut-postgres'; readonly side: Side }
  | { readonly kind: 'delay-kafka'; readonly lateByMs: number; readonly forMs: number }
  | { readonly kind: 'delay-postgres'; readonly side: Side; readonly lateByMs: number; readonly forMs: number }
  /** What was sent to Kafka is written, but the sender never hears so. */
  | { readonly kind: 'lose-acknowledgements'; readonly forMs: number }
  /** What was committed is kept, but whoever committed it never hears so. */
  | { readonly kind: 'lose-commit-answers'; readonly side: Side; readonly forMs: number }
  /** Stops the relay's owner for longer than its requests last, takes its connections away, and lets it go on. */
  | { readonly kind: 'freeze-relay-owner'; readonly service: Speaker; readonly forMs: number }
);
export type FaultKind = Fault['kind'];

type Draw = (random: SeededRandom, atMs: number) => Fault;

const draws: Record<string, Draw> = {
  oneInstance: (random, atMs) => killInstances(random, atMs, 1),
  severalInstances: (random, atMs) => killInstances(random, atMs, random.between(2, 4)),
  bothOfOneService: (random, atMs) => {
    const service = random.pick(serviceNames);
    return { atMs, kind: 'kill-instances', instances: [`${service}-a`, `${service}-b`], awayMs: away(random) };
  },
  relayOwner: (random, atMs) => ({
    atMs,
    kind: 'kill-relay-owner',
    service: random.pick(speakers),
    awayMs: away(random),
  }),
  broker: (random, atMs) => ({ atMs, kind: 'kill-broker', awayMs: away(random) }),
  postgres: (random, atMs) => ({ atMs, kind: 'kill-postgres', awayMs: away(random) }),
  together: (random, atMs) => {
    const instances = random.shuffled(instanceNames).slice(0, 2);
    return { atMs, kind: 'kill-together', instances, awayMs: away(random) };
  },
  cutKafka: (_, atMs) => ({ atMs, kind: 'cut-kafka' }),
  cutPostgres: (random, atMs) => ({ atMs, kind: 'cut-postgres', side: random.pick(sides) }),
  delayKafka: (random, atMs) => ({
    atMs,
    kind: 'delay-kafka',
    lateByMs: random.between(20, 400),
    forMs: random.between(1_000, 3_000),
  }),
  delayPostgres: (random, atMs) => ({
    atMs,
    kind: 'delay-postgres',
    side: random.pick(sides),
    lateByMs: random.between(5, 60),
    forMs: random.between(1_000, 3_000),
  }),
  loseAcknowledgements: (random, atMs) => ({
    atMs,
    kind: 'lose-acknowledgements',
    forMs: random.between(300, 1_500),
  }),
  loseCommitAnswers: (random, atMs) => ({
    atMs,
    kind: 'lose-commit-answers',
    side: random.pick(sides),
    forMs: random.between(200, 1_000),
  }),
  freezeRelayOwner: (random, atMs) => ({
    atMs,
    kind: 'freeze-relay-owner',
    service: random.pick(speakers),
    forMs: random.between(7_000, 9_000),
  }),
};

const firstAtMs = 1_000;
const shortestGapMs = 1_000;
const longestGapMs = 3_600;

/**
 * What happens when, in the order of time. Faults are dealt from a shuffled deck that has each sort once, and then from
 * the next deck, so that even a short schedule has most of them; one begins while another lasts.
 */
export function scheduleOf(seed: number, seconds: number): Fault[] {
  const random = new SeededRandom(seed);
  const faults: Fault[] = [];
  let deck: Draw[] = [];
  for (let atMs = firstAtMs; atMs < seconds * 1_000; atMs += random.between(shortestGapMs, longestGapMs)) {
    if (deck.length === 0) deck = random.shuffled(Object.values(draws));
    const draw = deck.shift();
    if (draw !== undefined) faults.push(draw(random, atMs));
  }
  return faults;
}

function killInstances(random: SeededRandom, atMs: number, count: number): Fault {
  const instances = random.shuffled(instanceNames).slice(0, count);
  return { atMs, kind: 'kill-instances', instances, awayMs: away(random) };
}

function away(random: SeededRandom): number {
  return random.between(0, 1_500);
}
