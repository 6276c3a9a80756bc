import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type Received } from './history';
import { type SeededRandom } from '../support/seeded-random';

const failure = 0.03;

/** A receiver of webhooks that writes down what comes, in its order, and now and then does not say that it came. */
export class WebhookLog {
  readonly received: Received[] = [];

  private constructor(private readonly server: Server) {}

  static async listen(random: SeededRandom): Promise<WebhookLog> {
    const server = createServer({ noDelay: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const log = new WebhookLog(server);
    server.on('request', (request, response) => {
      log.#take(request).then(
        () => {
          if (random.chance(failure)) response.destroy();
          else response.writeHead(random.chance(failure) ? 503 : 204).end();
        },
        () => response.destroy(),
      );
    });
    return log;
  }

  /** Where a tenant's endpoint is; the name is in what was received. */
  url(name: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/${name}`;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  async #take(request: IncomingMessage): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { id, source, sequence } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, string>;
    this.received.push({
      endpointId: request.url?.slice(1) ?? '',
      messageId: id ?? '',
      source: source ?? '',
      sequence: Number(sequence),
    });
  }
}
