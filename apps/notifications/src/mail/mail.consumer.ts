import { Controller } from '@nestjs/common';
import {
  contactRecorded,
  contactTopic,
  eventMessages,
  registrationCancelled,
  registrationCorrected,
  registrationRegistered,
} from '@expo-accord/contracts';
import {
  type MessageContext,
  OnMessages,
  OnTombstone,
  type Received,
  type ReceivedTombstone,
} from '@expo-accord/messaging';
import { ContactBook } from '../contacts/contact-book';
import { isTooOldToTell } from '../deliveries/schedule.rules';
import { MailQueue } from './mail.queue';
import { MailWorker } from './mail.worker';

export const mailConsumers = ['notifications.contacts', 'notifications.registrations', 'notifications.events'] as const;
const [contactConsumer, registrationConsumer, eventConsumer] = mailConsumers;

/** Mail is caused by registrations alone; contacts and events tell whom to write to and what about. */
@Controller()
export class MailConsumer {
  constructor(
    private readonly contacts: ContactBook,
    private readonly queue: MailQueue,
    private readonly worker: MailWorker,
  ) {}

  @OnMessages(contactConsumer, [contactRecorded])
  async noteContacts(messages: readonly Received<typeof contactRecorded>[], tx: MessageContext): Promise<void> {
    await this.contacts.noteContacts(tx.manager, messages);
    this.#wakeAfter(tx);
  }

  @OnTombstone(contactConsumer, contactTopic)
  async forgetContact({ aggregateId, tenantId }: ReceivedTombstone, tx: MessageContext): Promise<void> {
    await this.contacts.forget(tx.manager, aggregateId, tenantId);
  }

  @OnMessages(eventConsumer, eventMessages)
  async noteEvents(messages: readonly Received<(typeof eventMessages)[number]>[], tx: MessageContext): Promise<void> {
    await this.contacts.noteEvents(tx.manager, messages);
    this.#wakeAfter(tx);
  }

  @OnMessages(registrationConsumer, [registrationRegistered, registrationCorrected, registrationCancelled])
  async queueMails(messages: readonly Received<typeof registrationRegistered>[], tx: MessageContext): Promise<void> {
    const now = new Date();
    const recent = messages.filter(({ time }) => !isTooOldToTell(time, now));
    if ((await this.queue.add(tx.manager, recent)) > 0) this.#wakeAfter(tx);
  }

  #wakeAfter(tx: MessageContext): void {
    tx.afterCommit(() => {
      this.worker.wake();
    });
  }
}
