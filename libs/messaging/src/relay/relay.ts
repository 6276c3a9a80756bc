import { HealthRegistry, Telemetry } from '@expo-accord/observability';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  Optional,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Publisher } from '../kafka/kafka.port';
import { confirmEpoch } from '../outbox/epoch';
import { RelayBell } from '../outbox/relay-bell';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging.options';
import { within } from '../within';
import { OutboxQueue, type QueuedRecord } from './outbox-queue';
import { RelayTelemetry, type SendOutcome } from './relay-telemetry';

const SHORTEST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 250;
const STAND_BY_MS = 500;
const RETRY_MS = 1_000;
const FLUSH_WITHIN_MS = 5_000;
/** For a send that was begun before time was up. */
const LAST_SEND_MS = 500;
/**
 * So often at most few records are sent: a send costs the broker and every consumer more than the ten records do that
 * are committed meanwhile. What comes after a pause is not kept waiting.
 */
const REST_MS = 20;
const FEW_RECORDS = 25;

/**
 * Brings the outbox to Kafka in the order of its ids. Of all processes of a service one owns the outbox, the others
 * stand by. At least once: after anything uncertain, the outbox still has it and it is sent again.
 */
@Injectable()
export class Relay implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(Relay.name);
  #publisher: Publisher | undefined;
  #running: Promise<void> | undefined;
  #stopBefore: number | undefined;
  #trouble: string | null = 'has not started';
  #state: 'starting' | 'standing by' | 'sending' = 'starting';
  readonly #telemetry: RelayTelemetry;

  constructor(
    private readonly dataSource: DataSource,
    private readonly bell: RelayBell,
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    @Optional() health?: HealthRegistry,
    @Optional() telemetry: Telemetry = Telemetry.off,
  ) {
    health?.register('relay', () => this.#trouble, 'ready');
    this.#telemetry = new RelayTelemetry(telemetry);
    this.#telemetry.observeOutbox(dataSource, () => this.#state === 'sending');
  }

  /** Of all processes of a service one is `sending`. */
  get state(): 'starting' | 'standing by' | 'sending' {
    return this.#state;
  }

  onApplicationBootstrap(): void {
    this.#running ??= this.#run();
  }

  /** The relay has a connection of its own, so it does not matter whether the pool is closed before or after. */
  async onApplicationShutdown(): Promise<void> {
    await this.stop();
  }

  /** Sends what is there, for at most five seconds, then gives the outbox up to another. */
  async stop(): Promise<void> {
    this.#stopBefore ??= Date.now() + FLUSH_WITHIN_MS;
    this.bell.ring();
    // A silent Kafka keeps a send waiting for longer than a process has to stop; the outbox still has what it was about.
    await within(FLUSH_WITHIN_MS + LAST_SEND_MS, this.#running ?? Promise.resolve());
  }

  async #run(): Promise<void> {
    while (this.#stopBefore === undefined) {
      try {
        await this.#standByAndOwn();
      } catch (error) {
        this.#complain('The outbox cannot be read', error);
        await this.#rest(RETRY_MS, () => this.#stopBefore !== undefined);
      }
    }
    await this.#discardPublisher();
  }

  async #standByAndOwn(): Promise<void> {
    const queue = await OutboxQueue.connect(this.dataSource, () => {
      this.#state = 'starting';
      this.bell.ring();
    });
    try {
      while (!(await queue.tryToOwn())) {
        this.#trouble = null;
        this.#state = 'standing by';
        if (this.#stopBefore !== undefined) {
          return;
        }
        await this.#standBy();
      }
      this.#trouble = null;
      await this.#drain(queue);
    } finally {
      this.#state = 'starting';
      await queue.close();
    }
  }

  /** What is committed here is for the owner to see: only the end wakes a stand-by, or it would ask at every commit. */
  async #standBy(): Promise<void> {
    const until = Date.now() + STAND_BY_MS;
    while (Date.now() < until && this.#stopBefore === undefined) {
      await this.bell.wait(until - Date.now());
    }
  }

  /** Whoever sent before us may have a request on its way still; a late one must not be the last word. */
  async #drain(queue: OutboxQueue): Promise<void> {
    let uncertain = true;
    let isConfirmed = false;
    let pause = SHORTEST_PAUSE_MS;
    let removing = Promise.resolve();
    while (!queue.isLost && !this.#mustStop()) {
      // Asked before the read: what is committed while it is under way, it does not see.
      const isLastLook = this.#stopBefore !== undefined;
      const [records] = await Promise.all([queue.oldest(), removing]);
      this.#state = 'sending';
      if (records.length === 0) {
        uncertain = false;
        if (isLastLook) {
          return;
        }
        pause = (await this.bell.wait(pause)) ? SHORTEST_PAUSE_MS : Math.min(pause * 2, LONGEST_PAUSE_MS);
        continue;
      }
      pause = SHORTEST_PAUSE_MS;
      if (!isConfirmed) {
        isConfirmed = await this.#confirmEpoch(queue);
        continue;
      }
      if (uncertain) {
        await this.#waitOutRequests(queue);
        uncertain = false;
        continue;
      }
      const restsUntil = Date.now() + REST_MS;
      const outcome = await this.#telemetry.observeSend(records, () => this.#send(records));
      if (outcome === 'acknowledged') {
        if (records.length < FEW_RECORDS)
          await this.#rest(restsUntil - Date.now(), () => queue.isLost || this.#mustStop());
        removing = queue.remove(records);
      } else if (outcome === 'uncertain') {
        uncertain = true;
      } else {
        await this.#rest(RETRY_MS, () => queue.isLost || this.#mustStop());
      }
    }
    await removing;
  }

  /** Before anything is sent: a database that was restored from a backup does not know what its topics hold. */
  async #confirmEpoch(queue: OutboxQueue): Promise<boolean> {
    try {
      const older = await confirmEpoch(this.dataSource, this.options);
      if (older !== null) {
        this.#logger.error(
          `The database is older than its topics, so a backup was restored. It knew of epoch ${older.knew}, they hold ` +
            `${older.topicsHold}; it goes on with ${older.goesOnWith}. expo-accord verify names what was lost with it`,
        );
      }
      return true;
    } catch (error) {
      this.#complain('The topics cannot be asked how far they are', error);
      await this.#rest(RETRY_MS, () => queue.isLost || this.#mustStop());
      return false;
    }
  }

  async #send(records: readonly QueuedRecord[]): Promise<SendOutcome> {
    try {
      await this.#connectPublisher();
    } catch (error) {
      this.#complain('Kafka cannot be reached', error);
      await this.#discardPublisher();
      return 'not sent';
    }
    try {
      await this.#publisher?.publish(records);
      this.#trouble = null;
      return 'acknowledged';
    } catch (error) {
      this.#complain('Sending to Kafka failed, the outbox is kept', error);
      await this.#discardPublisher();
      return 'uncertain';
    }
  }

  async #connectPublisher(): Promise<void> {
    if (this.#publisher === undefined) {
      this.#publisher = this.options.publisher();
      await this.#publisher.connect();
    }
  }

  /** Its idea of what was sent may be wrong, so it is never asked again. */
  async #discardPublisher(): Promise<void> {
    const publisher = this.#publisher;
    this.#publisher = undefined;
    await publisher?.close().catch(() => undefined);
  }

  async #waitOutRequests(queue: OutboxQueue): Promise<void> {
    await this.#rest(this.options.requestTimeoutMs, () => queue.isLost || this.#mustStop());
  }

  /** Waits so long, whoever rings: a connection that is lost, or not even made, rings itself. */
  async #rest(ms: number, isOver: () => boolean): Promise<void> {
    const until = Date.now() + ms;
    while (Date.now() < until && !isOver()) {
      await this.bell.wait(Math.min(until - Date.now(), LONGEST_PAUSE_MS));
    }
  }

  #mustStop(): boolean {
    return this.#stopBefore !== undefined && Date.now() >= this.#stopBefore;
  }

  #complain(what: string, error: unknown): void {
    this.#trouble = what;
    this.#logger.warn(`${what}: ${error instanceof Error ? error.message : 'unknown error'}`);
  }
}
