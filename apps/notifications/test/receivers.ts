import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface Posted {
  headers: Record<string, string>;
  payload: string;
  body: { id: string; type: string; source: string; sequence: string; data: Record<string, unknown> };
}

/** A real HTTP server that answers what a test tells it to. */
export class WebhookReceiver {
  readonly posted: Posted[] = [];
  /** The status for a request; a promise keeps the sender waiting. */
  answer: (posted: Posted) => number | Promise<number> = () => 204;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<WebhookReceiver> {
    const server = createServer();
    const receiver = new WebhookReceiver(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const payload = Buffer.concat(chunks).toString();
        const posted = { headers: single(request.headers), payload, body: JSON.parse(payload) as Posted['body'] };
        receiver.posted.push(posted);
        void Promise.resolve(receiver.answer(posted)).then((status) => {
          response.writeHead(status, status === 302 ? { location: receiver.url } : {}).end();
        });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}/hook`;
  }

  about(aggregateId: string): Posted[] {
    return this.posted.filter(({ body }) => body.source.endsWith(aggregateId));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

function single(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

/** A real SMTP server that keeps what it accepts. */
export class MailReceiver {
  readonly mails: Email[] = [];
  /** SMTP replies to give before mails are accepted again. */
  readonly refusals: number[] = [];
  /** Keeps the sender waiting after a mail was taken. */
  hold: Promise<void> = Promise.resolve();

  private constructor(private readonly server: SMTPServer) {}

  static async start(): Promise<MailReceiver> {
    const server: SMTPServer = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, _session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const responseCode = receiver.refusals.shift();
          if (responseCode !== undefined) {
            callback(Object.assign(new Error('Refused'), { responseCode }));
            return;
          }
          void PostalMime.parse(Buffer.concat(chunks)).then(async (mail) => {
            receiver.mails.push(mail);
            await receiver.hold;
            callback();
          });
        });
      },
    });
    const receiver = new MailReceiver(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  to(address: string): Email[] {
    return this.mails.filter(({ to }) => to?.some((recipient) => recipient.address === address));
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(resolve);
    });
  }
}
