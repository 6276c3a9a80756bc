import { Controller } from '@nestjs/common';
import { organizationMerged } from '@expo-accord/contracts';
import { type MessageContext, OnMessages, type Received } from '@expo-accord/messaging';
import { MergedOrganizations } from '@expo-accord/organizations';
import { EVENTS_CONSUMER } from './event-copy.consumer';

@Controller()
export class MergedOrganizationConsumer {
  constructor(private readonly merged: MergedOrganizations) {}

  @OnMessages(EVENTS_CONSUMER, [organizationMerged])
  async keep(messages: readonly Received<typeof organizationMerged>[], { manager }: MessageContext): Promise<void> {
    await this.merged.keep(manager, messages);
  }
}
