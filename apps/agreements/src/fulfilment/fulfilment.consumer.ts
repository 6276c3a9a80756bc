import { Controller } from '@nestjs/common';
import { type ConsumerName, eventMessages } from '@expo-accord/contracts';
import { type MessageContext, OnMessages, type Received } from '@expo-accord/messaging';
import { type EventWord, Fulfilments } from './fulfilment.service';

export const FULFILMENT_CONSUMER: ConsumerName = 'agreements.fulfilment';

@Controller()
export class FulfilmentConsumer {
  constructor(private readonly fulfilments: Fulfilments) {}

  @OnMessages(FULFILMENT_CONSUMER, [...eventMessages])
  async take(
    messages: readonly Received<(typeof eventMessages)[number]>[],
    { manager }: MessageContext,
  ): Promise<void> {
    // Several of one event may come together; the last one is how it stands.
    const latest = new Map(messages.map((message) => [message.aggregateId, wordOf(message)]));
    await this.fulfilments.take(manager, [...latest.values()], FULFILMENT_CONSUMER);
  }
}

function wordOf({ tenantId, epoch, sequence, data }: Received<(typeof eventMessages)[number]>): EventWord {
  const { eventId, names, url, synthetic, status, seriesId, ordinal, date, startsAt } = data;
  return {
    tenantId,
    eventId,
    epoch,
    sequence,
    // What was said before there were these fields said nothing of either.
    commitmentIds: data.fulfils ?? [],
    event: { names, url, synthetic, status, seriesId, ordinal, date, startsAt, venue: data.venue ?? null },
  };
}
