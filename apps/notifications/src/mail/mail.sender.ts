import { Injectable } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import { type AttemptOutcome } from '../deliveries/delivery.rules';
import { messageIdOf, outcomeOfSmtpError } from './mail.rules';
import { MailSettings } from './mail.settings';

export interface Mail {
  deliveryId: string;
  to: string;
  language: string;
  subject: string;
  text: string;
}

const SMTP_TIMEOUT_MS = 15_000;

/** Hands mails to the SMTP server over a few kept connections. */
@Injectable()
export class MailSender {
  readonly #transport;

  constructor(private readonly settings: MailSettings) {
    const options: SMTPPool.Options = {
      pool: true,
      url: settings.smtpUrl,
      maxConnections: settings.connections,
      connectionTimeout: SMTP_TIMEOUT_MS,
      greetingTimeout: SMTP_TIMEOUT_MS,
      socketTimeout: SMTP_TIMEOUT_MS,
    };
    this.#transport = createTransport(options);
  }

  async send({ deliveryId, to, language, subject, text }: Mail): Promise<AttemptOutcome> {
    try {
      await this.#transport.sendMail({
        from: this.settings.from,
        to: { name: '', address: to },
        subject,
        text,
        messageId: messageIdOf(deliveryId, this.settings.from),
        // Nobody's out-of-office note should answer a machine.
        headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
      });
      return { result: 'delivered', code: 'ok', replyCode: 250 };
    } catch (error) {
      return outcomeOfSmtpError(error);
    }
  }

  close(): void {
    this.#transport.close();
  }
}
