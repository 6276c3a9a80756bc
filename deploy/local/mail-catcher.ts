import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';

export interface CaughtMail {
  id: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** Header names in lower case. */
  headers: Record<string, string>;
}

export interface MailCatcherPlan {
  /** Keeps every mail as an .eml file; those of an earlier start are there again. */
  folder: string;
  smtpPort: number;
  httpPort: number;
}

/** Takes every mail that is sent to it, delivers none, and lists them over HTTP: `/` as text, `/mails` as JSON. */
export class MailCatcher {
  readonly mails: CaughtMail[] = [];
  private lastNumber = 0;

  private constructor(
    private readonly plan: MailCatcherPlan,
    private readonly closers: (() => Promise<void>)[] = [],
  ) {}

  static async start(plan: MailCatcherPlan): Promise<MailCatcher> {
    const catcher = new MailCatcher(plan);
    mkdirSync(plan.folder, { recursive: true, mode: 0o700 });
    for (const file of readdirSync(plan.folder).sort()) {
      const id = /^(\d+)\.eml$/.exec(file)?.[1];
      if (id === undefined) continue;
      catcher.lastNumber = Number(id);
      await catcher.read(id, readFileSync(join(plan.folder, file)));
    }
    await catcher.listenForMail();
    await catcher.listenForReaders();
    return catcher;
  }

  get smtpUrl(): string {
    return `smtp://127.0.0.1:${this.plan.smtpPort}`;
  }

  get url(): string {
    return `http://127.0.0.1:${this.plan.httpPort}`;
  }

  async stop(): Promise<void> {
    for (const close of this.closers.splice(0).reverse()) await close();
  }

  private async listenForMail(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      closeTimeout: 1_000,
      onData: (stream, _session, done) => {
        this.take(stream).then(() => {
          done();
        }, done);
      },
    });
    // A client that goes away in the middle of a mail is no reason to end.
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      server.listen(this.plan.smtpPort, '127.0.0.1', resolve);
    });
    this.closers.push(async () => {
      await new Promise<void>((resolve) => {
        server.close(resolve);
      });
    });
  }

  private async listenForReaders(): Promise<void> {
    const server = createServer((request, response) => {
      this.answer(request, response);
    });
    await new Promise<void>((resolve) => {
      server.listen(this.plan.httpPort, '127.0.0.1', resolve);
    });
    this.closers.push(async () => {
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      });
    });
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const asJson = request.url === '/mails';
    response.statusCode = asJson || request.url === '/' ? 200 : 404;
    response.setHeader('content-type', asJson ? 'application/json' : 'text/plain; charset=utf-8');
    const lines = this.mails.map(
      ({ id, to, subject, text }) => `${id}\nTo: ${to.join(', ')}\nSubject: ${subject}\n\n${text}`,
    );
    response.end(asJson ? JSON.stringify({ items: this.mails }) : `${lines.join('\n---\n')}\n`);
  }

  private async take(stream: SMTPServerDataStream): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks);
    const id = String((this.lastNumber += 1)).padStart(6, '0');
    writeFileSync(join(this.plan.folder, `${id}.eml`), raw, { mode: 0o600 });
    await this.read(id, raw);
  }

  private async read(id: string, raw: Buffer): Promise<void> {
    const mail = await PostalMime.parse(raw);
    this.mails.push({
      id,
      from: mail.from?.address ?? '',
      to: (mail.to ?? []).flatMap(({ address }) => address ?? []),
      subject: mail.subject ?? '',
      text: mail.text ?? '',
      html: mail.html ?? '',
      headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key.toLowerCase(), value])),
    });
  }
}
