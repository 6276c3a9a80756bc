import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually';
import { kafkaApi } from '../support/kafka-proxy';
import { type FaultStack, withClient } from './fault-stack';
import { type Fault, type InstanceName, type Side, sides, type Speaker } from './schedule';

/** The requests that were cut instead of answered, one in so many; all would merely stop the relays. */
const oneAnswerIn = 2;
const ownerWithinMs = 30_000;

/** What was really done: a part that was down already cannot be killed again. */
export interface Blows {
  /** How many parts of each kind were killed; `together` says how often broker and database went at once. */
  readonly kills: Record<'service' | 'relayOwner' | 'broker' | 'postgres' | 'together', number>;
  readonly others: Record<'cut' | 'delayed' | 'lost' | 'frozen', number>;
}

/** Does what a schedule says to a running system. */
export class Inflictor {
  readonly blows: Blows = {
    kills: { service: 0, relayOwner: 0, broker: 0, postgres: 0, together: 0 },
    others: { cut: 0, delayed: 0, lost: 0, frozen: 0 },
  };
  readonly #down = new Set<InstanceName>();
  #lateKafka = 0;
  #losingKafka = 0;

  constructor(
    private readonly stack: FaultStack,
    private readonly log: (line: string) => void,
  ) {}

  /** Resolves when the fault is over and whatever it killed has been started again, which is not to say is ready. */
  async inflict(fault: Fault): Promise<void> {
    switch (fault.kind) {
      case 'kill-instances':
        return this.#killInstances(fault.instances, fault.awayMs);
      case 'kill-relay-owner':
        return this.#killRelayOwner(fault.service, fault.awayMs);
      case 'kill-broker':
        return this.#killServer('broker', fault.awayMs);
      case 'kill-postgres':
        return this.#killServer('postgres', fault.awayMs);
      case 'kill-together':
        return this.#killTogether(fault.instances, fault.awayMs);
      case 'cut-kafka':
        this.#cut('Kafka', this.stack.kafkaProxy);
        return;
      case 'cut-postgres':
        this.#cut(`PostgreSQL of side ${fault.side}`, this.stack.postgresProxies[fault.side]);
        return;
      case 'delay-kafka':
        return this.#delayKafka(fault.lateByMs, fault.forMs);
      case 'delay-postgres':
        return this.#delayPostgres(fault.side, fault.lateByMs, fault.forMs);
      case 'lose-acknowledgements':
        return this.#loseAcknowledgements(fault.forMs);
      case 'lose-commit-answers':
        return this.#loseCommitAnswers(fault.side, fault.forMs);
      case 'freeze-relay-owner':
        return this.#freezeRelayOwner(fault.service, fault.forMs);
    }
  }

  async #killInstances(
    instances: readonly InstanceName[],
    awayMs: number,
    kind: 'service' | 'relayOwner' = 'service',
  ): Promise<void> {
    const alive = instances.filter((name) => !this.#down.has(name));
    for (const name of alive) this.#down.add(name);
    this.blows.kills[kind] += alive.length;
    this.log(`kill -9 of ${alive.join(', ')} for ${awayMs} ms`);
    await Promise.all(alive.map((name) => this.stack.instance(name).kill()));
    await delay(awayMs);
    for (const name of alive) {
      await this.stack.instance(name).start();
      this.#down.delete(name);
    }
  }

  async #killRelayOwner(service: Speaker, awayMs: number): Promise<void> {
    const owner = await this.#relayOwner(service);
    if (owner !== undefined) await this.#killInstances([owner], awayMs, 'relayOwner');
  }

  async #killServer(server: 'broker' | 'postgres', awayMs: number): Promise<void> {
    const killed = await (server === 'broker' ? this.stack.kafka : this.stack.postgres).kill(awayMs);
    if (!killed) return;
    this.blows.kills[server] += 1;
    this.log(`kill -9 of ${server} for ${awayMs} ms`);
  }

  async #killTogether(instances: readonly InstanceName[], awayMs: number): Promise<void> {
    this.blows.kills.together += 1;
    await Promise.all([
      this.#killServer('broker', awayMs),
      this.#killServer('postgres', awayMs),
      this.#killInstances(instances, awayMs),
    ]);
  }

  #cut(what: string, proxy: { cut: () => void }): void {
    this.blows.others.cut += 1;
    this.log(`cut the connections to ${what}`);
    proxy.cut();
  }

  async #delayKafka(lateByMs: number, forMs: number): Promise<void> {
    this.blows.others.delayed += 1;
    this.log(`Kafka is late by ${lateByMs} ms for ${forMs} ms`);
    this.#lateKafka = lateByMs;
    this.#setKafkaFate();
    await delay(forMs);
    this.#lateKafka = 0;
    this.#setKafkaFate();
  }

  async #delayPostgres(side: Side, lateByMs: number, forMs: number): Promise<void> {
    this.blows.others.delayed += 1;
    this.log(`PostgreSQL of side ${side} is late by ${lateByMs} ms for ${forMs} ms`);
    this.stack.postgresProxies[side].lateByMs = lateByMs;
    await delay(forMs);
    this.stack.postgresProxies[side].lateByMs = 0;
  }

  async #loseAcknowledgements(forMs: number): Promise<void> {
    this.blows.others.lost += 1;
    this.log(`acknowledgements of Kafka are lost for ${forMs} ms`);
    this.#losingKafka += 1;
    this.#setKafkaFate();
    await delay(forMs);
    this.#losingKafka -= 1;
    this.#setKafkaFate();
  }

  async #loseCommitAnswers(side: Side, forMs: number): Promise<void> {
    this.blows.others.lost += 1;
    this.log(`side ${side} does not hear of its commits for ${forMs} ms`);
    this.stack.postgresProxies[side].losesCommitAnswers = true;
    await delay(forMs);
    this.stack.postgresProxies[side].losesCommitAnswers = false;
  }

  /** Its session is gone when it goes on, so that another owns the outbox while it may still have a batch in hand. */
  async #freezeRelayOwner(service: Speaker, forMs: number): Promise<void> {
    const owner = await this.#relayOwner(service);
    const pid = owner === undefined ? undefined : this.stack.instance(owner).pid;
    if (owner === undefined || pid === undefined) return;
    this.blows.others.frozen += 1;
    this.log(`${owner} is stopped for ${forMs} ms, and its side loses its connections to PostgreSQL`);
    process.kill(pid, 'SIGSTOP');
    this.stack.postgresProxies[owner.endsWith('a') ? 'a' : 'b'].cut();
    await delay(forMs);
    try {
      process.kill(pid, 'SIGCONT');
    } catch {
      // Killed while it was stopped.
    }
  }

  #setKafkaFate(): void {
    let acknowledgements = 0;
    this.stack.kafkaProxy.fate = ({ direction, api }) => {
      const isAcknowledgement = direction === 'response' && api === kafkaApi.produce;
      if (this.#losingKafka > 0 && isAcknowledgement && (acknowledgements += 1) % oneAnswerIn === 0) return 'cut';
      return this.#lateKafka > 0 ? { lateByMs: this.#lateKafka } : 'pass';
    };
  }

  /** Waits for one that is up, where the last is gone; undefined when none comes. */
  async #relayOwner(service: Speaker): Promise<InstanceName | undefined> {
    const owner = async (): Promise<InstanceName | undefined> => {
      const found = await ownerNow(this.stack, service).catch(() => undefined);
      return found !== undefined && this.#down.has(found) ? undefined : found;
    };
    return await eventually(owner, ownerWithinMs).catch(() => undefined);
  }
}

/** @throws while PostgreSQL is away */
async function ownerNow(stack: FaultStack, service: Speaker): Promise<InstanceName | undefined> {
  return withClient(stack, async (client): Promise<InstanceName | undefined> => {
    const { rows } = await client.query<{ port: number }>(
      `SELECT client_port AS port FROM pg_stat_activity JOIN pg_locks USING (pid)
       WHERE application_name = $1 AND locktype = 'advisory' AND granted`,
      [`expo-accord ${service} relay`],
    );
    const [owner] = rows;
    const side = sides.find((one) => owner !== undefined && stack.postgresProxies[one].carries(owner.port));
    return side === undefined ? undefined : `${service}-${side}`;
  });
}
