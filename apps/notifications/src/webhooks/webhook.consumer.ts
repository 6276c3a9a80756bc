import { Controller } from '@nestjs/common';
import { type BaseData } from '@expo-accord/contracts';
import { type MessageContext, OnMessages, type Received } from '@expo-accord/messaging';
import { isTooOldToTell } from '../deliveries/schedule.rules';
import { PublicMessages } from '../feed/public-messages';
import { publicContracts } from './webhook.rules';
import { WebhookFanOut } from './webhook.fan-out';
import { WebhookWorker } from './webhook.worker';

export const webhookConsumer = 'notifications.webhooks';

/** Hears every public message. */
@Controller()
export class WebhookConsumer {
  constructor(
    private readonly publicMessages: PublicMessages,
    private readonly fanOut: WebhookFanOut,
    private readonly worker: WebhookWorker,
  ) {}

  @OnMessages(webhookConsumer, publicContracts)
  async tell(messages: readonly Received[], tx: MessageContext): Promise<void> {
    const now = new Date();
    const told = messages
      .map((message) => ({ ...message, data: message.data as BaseData }))
      .filter(({ time, data }) => data.visibility !== 'internal' && !isTooOldToTell(time, now));
    if (told.length === 0) return;
    const fresh = await this.publicMessages.store(tx.manager, told);
    const due = await this.fanOut.deliver(tx.manager, fresh);
    if (due > 0) {
      tx.afterCommit(() => {
        this.worker.wake();
      });
    }
  }
}
