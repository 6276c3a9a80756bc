import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** PostgreSQL's CommandComplete for a COMMIT. */
const committed = Buffer.from('C\0\0\0\x0bCOMMIT\0', 'latin1');

/** Stands between services and PostgreSQL, and passes bytes on, late or not at all. */
export class PostgresProxy {
  /** Delays every piece, in both directions; what comes after it waits as on a wire. */
  lateByMs = 0;
  /** Cuts the connection instead of telling that a transaction was committed. */
  losesCommitAnswers = false;
  /** Client's socket to server's. */
  readonly #pairs = new Map<Socket, Socket>();

  private constructor(
    private readonly server: Server,
    private readonly target: { host: string; port: number },
  ) {
    server.on('connection', (client) => {
      this.#join(client);
    });
  }

  static async listen(target: { host: string; port: number }): Promise<PostgresProxy> {
    const server = createServer({ noDelay: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new PostgresProxy(server, target);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Whether PostgreSQL's client at this port is this proxy. */
  carries(clientPort: number): boolean {
    return [...this.#pairs.values()].some(({ localPort }) => localPort === clientPort);
  }

  /** Cuts every connection there is; new ones are taken. */
  cut(): void {
    for (const [client, server] of this.#pairs) {
      client.destroy();
      server.destroy();
    }
  }

  heal(): void {
    this.lateByMs = 0;
    this.losesCommitAnswers = false;
  }

  async close(): Promise<void> {
    this.cut();
    this.server.close();
    await once(this.server, 'close');
  }

  #join(client: Socket): void {
    const server = connect({ ...this.target, noDelay: true });
    this.#pairs.set(client, server);
    this.#pass(client, server, () => false);
    this.#pass(server, client, (piece) => this.losesCommitAnswers && piece.includes(committed));
    client.on('close', () => {
      this.#pairs.delete(client);
    });
  }

  #pass(from: Socket, to: Socket, isLost: (piece: Buffer) => boolean): void {
    let before = Promise.resolve();
    from.on('error', () => undefined);
    from.on('data', (piece: Buffer) => {
      if (isLost(piece)) {
        from.destroy();
        to.destroy();
        return;
      }
      const lateByMs = this.lateByMs;
      before = before.then(async () => {
        if (lateByMs > 0) await delay(lateByMs);
        if (to.writable) to.write(piece);
      });
    });
    from.on('close', () => {
      void before.then(() => {
        to.destroySoon();
      });
    });
  }
}
