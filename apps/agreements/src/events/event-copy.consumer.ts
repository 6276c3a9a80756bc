import { Controller } from '@nestjs/common';
import {
  type ConsumerName,
  eventCancelled,
  eventChanged,
  eventClosed,
  eventOpened,
  eventPostponed,
  eventPublished,
  type EventSnapshot,
  eventStarted,
} from '@expo-accord/contracts';
import { type MessageContext, OnMessages, type Received } from '@expo-accord/messaging';
import { type CopiedEvent, EventCopies } from './event-copies.service';

export const EVENTS_CONSUMER: ConsumerName = 'agreements.events';

const contracts = [
  eventPublished,
  eventOpened,
  eventStarted,
  eventClosed,
  eventCancelled,
  eventPostponed,
  eventChanged,
];

@Controller()
export class EventCopyConsumer {
  constructor(private readonly copies: EventCopies) {}

  @OnMessages(EVENTS_CONSUMER, contracts)
  async keep(messages: readonly Received<(typeof contracts)[number]>[], { manager }: MessageContext): Promise<void> {
    // Several of one event may come together; the last one is how it stands.
    const latest = new Map(messages.map(({ tenantId, data }) => [data.eventId, copyOf(tenantId, data)]));
    await this.copies.keep(manager, [...latest.values()]);
  }
}

function copyOf(tenantId: string, { eventId, seriesId, status, synthetic, startsAt }: EventSnapshot): CopiedEvent {
  return { id: eventId, tenantId, seriesId, status, synthetic, zone: startsAt?.zone ?? null };
}
