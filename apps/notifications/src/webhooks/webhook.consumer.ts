import { Controller } from '@nestjs/common';
import { type MessageContext, OnMessages, type Received } from '@expo-accord/messaging';
import { consumers, publicContracts } from '../consumers';
import { WebhookFanOut } from './webhook.fan-out';
import { WebhookWorker } from './webhook.worker';

/** Hears every public message. */
@Controller()
export class WebhookConsumer {
  constructor(
    private readonly fanOut: WebhookFanOut,
    private readonly worker: WebhookWorker,
  ) {}

  @OnMessages(consumers.webhooks, publicContracts)
  async tell(messages: readonly Received[], tx: MessageContext): Promise<void> {
    const due = await this.fanOut.tell(tx.manager, messages);
    if (due > 0) {
      tx.afterCommit(() => {
        this.worker.wake();
      });
    }
  }
}
