import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** Somebody outside: takes webhooks on a socket of its own, verifies each signature and counts what it was told. */
export class WebhookReceiver {
  private readonly typesById = new Map<string, string>();
  private webhook: Webhook | undefined;
  private server: Server | undefined;
  rejected = 0;
  /** Deliveries of a message that had been delivered before. */
  repeated = 0;

  async start(): Promise<string> {
    const server = createServer((request, response) => {
      this.receive(request).then(
        () => response.writeHead(204).end(),
        () => {
          this.rejected += 1;
          response.writeHead(401).end();
        },
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.server = server;
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks`;
  }

  trust(secret: string): void {
    this.webhook = new Webhook(secret);
  }

  /** Deliveries by message type; a message that was delivered twice counts once, as its id is the same. */
  countsByType(): Map<string, number> {
    const counts = new Map<string, number>();
    for (const type of this.typesById.values()) counts.set(type, (counts.get(type) ?? 0) + 1);
    return counts;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise<void>((resolve) => {
      if (this.server === undefined) resolve();
      else
        this.server.close(() => {
          resolve();
        });
    });
  }

  private async receive(request: IncomingMessage): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    if (this.webhook === undefined) throw new Error('no secret is known yet');
    const message = this.webhook.verify(body, request.headers as Record<string, string>) as { type: string };
    const id = String(request.headers['webhook-id']);
    if (this.typesById.has(id)) this.repeated += 1;
    this.typesById.set(id, message.type);
  }
}
