import {
  type agreementMessages,
  agreementMessages as ofAgreements,
  agreementWithheld,
  type projectMessages,
  projectMessages as ofProjects,
  type registrationMessages,
  registrationMessages as ofRegistrations,
} from '@expo-accord/contracts';
import { type MessageContext, OnMessages, type Received } from '@expo-accord/messaging';
import { Controller } from '@nestjs/common';
import { statisticsConsumer } from './statistics.names';
import { Tallies } from './tallies';

@Controller()
export class StatisticsConsumer {
  constructor(private readonly tallies: Tallies) {}

  @OnMessages(statisticsConsumer, ofRegistrations)
  async registrations(
    messages: readonly Received<(typeof registrationMessages)[number]>[],
    { manager }: MessageContext,
  ): Promise<void> {
    await this.tallies.countRegistrations(manager, messages);
  }

  @OnMessages(statisticsConsumer, ofProjects)
  async projects(
    messages: readonly Received<(typeof projectMessages)[number]>[],
    { manager }: MessageContext,
  ): Promise<void> {
    await this.tallies.keepProjects(manager, messages);
  }

  @OnMessages(statisticsConsumer, [...ofAgreements, agreementWithheld])
  async agreements(
    messages: readonly Received<(typeof agreementMessages)[number] | typeof agreementWithheld>[],
    { manager }: MessageContext,
  ): Promise<void> {
    await this.tallies.keepAgreements(manager, messages);
  }
}
