import { Controller } from '@nestjs/common';
import {
  contactRecorded,
  contactTopic,
  eventMessages,
  registrantErased,
  registrationApproved,
  registrationCancelled,
  registrationCorrected,
  registrationDeclined,
  registrationPromoted,
  registrationRegistered,
  registrationWaitlisted,
} from '@expo-accord/contracts';
import {
  type MessageContext,
  OnMessage,
  OnMessages,
  OnTombstone,
  type Received,
  type ReceivedTombstone,
} from '@expo-accord/messaging';
import { consumers } from '../consumers';
import { ContactBook } from '../contacts/contact-book';
import { MailQueue } from './mail.queue';
import { MailWorker } from './mail.worker';

/** Mail is caused by registrations alone; contacts and events tell whom to write to and what about. */
@Controller()
export class MailConsumer {
  constructor(
    private readonly contacts: ContactBook,
    private readonly queue: MailQueue,
    private readonly worker: MailWorker,
  ) {}

  @OnMessages(consumers.contacts, [contactRecorded])
  async noteContacts(messages: readonly Received<typeof contactRecorded>[], tx: MessageContext): Promise<void> {
    await this.contacts.noteContacts(tx.manager, messages);
    this.#wakeAfter(tx);
  }

  @OnTombstone(consumers.contacts, contactTopic)
  async forgetContact({ aggregateId, tenantId }: ReceivedTombstone, tx: MessageContext): Promise<void> {
    await this.contacts.forget(tx.manager, aggregateId, tenantId);
  }

  @OnMessages(consumers.events, eventMessages)
  async noteEvents(messages: readonly Received<(typeof eventMessages)[number]>[], tx: MessageContext): Promise<void> {
    await this.contacts.noteEvents(tx.manager, messages);
    this.#wakeAfter(tx);
  }

  @OnMessages(consumers.registrations, [
    registrationRegistered,
    registrationCorrected,
    registrationCancelled,
    registrationWaitlisted,
    registrationPromoted,
    registrationApproved,
    registrationDeclined,
  ])
  async queueMails(messages: readonly Received<typeof registrationRegistered>[], tx: MessageContext): Promise<void> {
    if ((await this.queue.add(tx.manager, messages)) > 0) this.#wakeAfter(tx);
  }

  /** The tombstone of the contact says it, too; this one is never lost, whatever becomes of that topic. */
  @OnMessage(consumers.registrations, registrantErased)
  async forgetRegistrant({ data, tenantId }: Received<typeof registrantErased>, tx: MessageContext): Promise<void> {
    await this.contacts.forget(tx.manager, data.registrationId, tenantId);
  }

  #wakeAfter(tx: MessageContext): void {
    tx.afterCommit(() => {
      this.worker.wake();
    });
  }
}
