import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { HealthRegistry } from '@expo-accord/observability';
import { type ClaimedDelivery, DeliveryClaims } from '../deliveries/delivery.claims';
import { type Attempt, DeliveryRecorder } from '../deliveries/delivery.recorder';
import { DeliveryTelemetry } from '../deliveries/delivery.telemetry';
import { type AttemptOutcome } from '../deliveries/delivery.rules';
import { DeliverySettings } from '../deliveries/delivery.settings';
import { Dispatcher } from '../deliveries/dispatcher';
import { languageOf, render } from '../templates/template.rules';
import { templateOf } from '../templates/built-in.templates';
import { MailQueue } from './mail.queue';
import { type MailFacts, valuesOf } from './mail.rules';
import { MailSender } from './mail.sender';
import { MailSettings } from './mail.settings';

type Recipient = MailFacts & { email: string; language: string | null };

@Injectable()
export class MailWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #dispatcher: Dispatcher;

  constructor(
    private readonly transactions: Transactions,
    private readonly recorder: DeliveryRecorder,
    private readonly sender: MailSender,
    claims: DeliveryClaims,
    queue: MailQueue,
    settings: MailSettings,
    deliveries: DeliverySettings,
    telemetry: DeliveryTelemetry,
    health: HealthRegistry,
  ) {
    const channel = {
      name: 'Mail',
      concurrency: settings.connections,
      idleMs: deliveries.idlePollMs,
      claim: async (limit: number) => {
        const due = await claims.claimMails(limit);
        if (due.length > 0) return due;
        await queue.makeCompleteOnesDue();
        return claims.claimMails(limit);
      },
      attempt: (claimed: ClaimedDelivery) => this.#attempt(claimed),
    };
    this.#dispatcher = new Dispatcher(channel, telemetry);
    health.register('mail', () => this.#dispatcher.complaint(), 'live');
  }

  onApplicationBootstrap(): void {
    this.#dispatcher.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#dispatcher.stop(() => {
      this.sender.close();
    });
    this.sender.close();
  }

  wake(): void {
    this.#dispatcher.wake();
  }

  /**
   * A crash between the server's acceptance and the record sends the mail again: SMTP has no way to ask. The second
   * copy carries the same Message-ID.
   */
  async #attempt(claimed: ClaimedDelivery): Promise<AttemptOutcome> {
    const startedAt = new Date();
    const sent = await this.#send(claimed);
    await this.recorder.record(claimed, { ...sent, startedAt, durationMs: Date.now() - startedAt.getTime() });
    return sent.outcome;
  }

  async #send(claimed: ClaimedDelivery): Promise<Pick<Attempt, 'outcome' | 'language' | 'templateVersion'>> {
    const recipient = await this.#recipientOf(claimed);
    if (recipient === undefined) return { outcome: { result: 'dropped', code: 'recipient-erased', replyCode: null } };
    const template = templateOf(claimed.templateId ?? '');
    if (template === undefined) return { outcome: { result: 'failed', code: 'template-unknown', replyCode: null } };
    const language = languageOf(template, recipient.language ?? claimed.language ?? recipient.eventNames.original);
    const text = render(template, language, valuesOf(recipient, language));
    const outcome = await this.sender.send({ ...text, deliveryId: claimed.id, to: recipient.email, language });
    return { outcome, language, templateVersion: template.version };
  }

  async #recipientOf(claimed: ClaimedDelivery): Promise<Recipient | undefined> {
    const [recipient] = await this.transactions.manager.query<Recipient[]>(
      `SELECT c.registration_id AS "registrationId", c.name, c.email, c.language, e.names AS "eventNames",
         e.starts_at AS "startsAt"
       FROM contact c JOIN event_copy e ON e.tenant_id = c.tenant_id
       WHERE c.registration_id = $1 AND e.event_id = $2 AND c.tenant_id = $3`,
      [claimed.registrationId, claimed.eventId, claimed.tenantId],
    );
    return recipient;
  }
}
