import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { FrameReader, frameOf } from './kafka-frames';

/** One request on its way to the broker, or the response to it on its way back. */
export interface Passing {
  direction: 'request' | 'response';
  /** Number of the request in Kafka's protocol. */
  api: number;
  version: number;
  /** Without its length. A response begins with the correlation id. */
  frame: Buffer;
}

/** The requests that specs ask for by name. */
export const kafkaApi = { produce: 0, fetch: 1, metadata: 3, findCoordinator: 10, saslAuthenticate: 36 } as const;

/**
 * What becomes of a request or response: it goes on, at once or so many milliseconds late; is lost while the connection
 * lives on; is cut off together with the connection, whole or after its first half (`tear`); is held until `heal`; or
 * another takes its place.
 */
export type Fate = 'pass' | 'lose' | 'cut' | 'tear' | 'hold' | { lateByMs: number } | { insteadSend: Buffer };

/** The first half has to have been read before: a reset takes along what was not. */
const TEAR_AFTER_MS = 50;

/** Stands between clients and a broker, and lets through what `fate` says. Whole frames, so that none is garbled. */
export class KafkaProxy {
  /** Where the broker listens for what comes through here. */
  brokerPort = 0;
  fate: (passing: Passing) => Fate = () => 'pass';
  readonly #sockets = new Set<Socket>();
  #release!: () => void;
  #released!: Promise<void>;

  private constructor(private readonly server: Server) {
    this.release();
    server.on('connection', (client) => {
      this.#join(client);
    });
  }

  static async listen(): Promise<KafkaProxy> {
    const server = createServer({ noDelay: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new KafkaProxy(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get brokers(): string[] {
    return [`127.0.0.1:${this.port}`];
  }

  /**
   * Does this to the next so many requests or responses of a kind, and lets everything else pass. Answers how to ask to how
   * many it was done.
   */
  spoil(api: number, direction: Passing['direction'], fate: Fate, times = Infinity): () => number {
    let spoilt = 0;
    this.fate = (passing) => {
      if (passing.api !== api || passing.direction !== direction || spoilt === times) return 'pass';
      spoilt += 1;
      return fate;
    };
    return () => spoilt;
  }

  /** Cuts every connection there is; new ones are taken. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  private release(): void {
    (this.#release as (() => void) | undefined)?.();
    this.#released = new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  /** Lets everything pass from now on, and what has been held as well. */
  heal(): void {
    this.fate = () => 'pass';
    this.release();
  }

  async close(): Promise<void> {
    this.cut();
    this.release();
    this.server.close();
    await once(this.server, 'close');
  }

  #join(client: Socket): void {
    const broker = connect({ port: this.brokerPort, host: '127.0.0.1', noDelay: true });
    const asked = new Map<number, { api: number; version: number }>();
    const cut = (): void => {
      client.destroy();
      broker.destroy();
    };
    for (const socket of [client, broker]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.#sockets.delete(socket));
    }
    const lastRequest = this.#pass(client, broker, cut, (frame) => {
      const request = { api: frame.readInt16BE(0), version: frame.readInt16BE(2) };
      asked.set(frame.readInt32BE(4), request);
      return { direction: 'request', frame, ...request };
    });
    const lastResponse = this.#pass(broker, client, cut, (frame) => {
      const request = asked.get(frame.readInt32BE(0)) ?? { api: -1, version: -1 };
      return { direction: 'response', frame, ...request };
    });
    // What was on its way arrives, even if its sender has gone meanwhile: that is what makes a late request.
    client.on('close', () => {
      void lastRequest().then(() => {
        broker.end();
      });
    });
    broker.on('close', () => {
      void lastResponse().then(() => {
        client.destroySoon();
      });
    });
  }

  /**
   * What is late makes all that comes after it in this direction late, as on a wire. Answers how to wait for what has
   * come so far.
   */
  #pass(from: Socket, to: Socket, cut: () => void, passingOf: (frame: Buffer) => Passing): () => Promise<void> {
    const frames = new FrameReader();
    let before = Promise.resolve();
    from.on('data', (chunk: Buffer) => {
      for (const frame of frames.read(chunk)) {
        const fate = this.fate(passingOf(frame));
        before = before.then(() => this.#meet(fate, frame, to, cut));
      }
    });
    return () => before;
  }

  async #meet(fate: Fate, frame: Buffer, to: Socket, cut: () => void): Promise<void> {
    if (fate === 'lose') return;
    if (fate === 'cut') {
      cut();
      return;
    }
    if (fate === 'tear') {
      to.write(frameOf(frame).subarray(0, frame.length / 2));
      await delay(TEAR_AFTER_MS);
      to.resetAndDestroy();
      cut();
      return;
    }
    if (fate === 'hold') await this.#released;
    if (typeof fate === 'object' && 'lateByMs' in fate) await delay(fate.lateByMs);
    if (to.writable) to.write(frameOf(typeof fate === 'object' && 'insteadSend' in fate ? fate.insteadSend : frame));
  }
}
