import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { assertVersion, type Caller, mergePatch, validated } from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { EventCopyStore } from '../events/event-copy.store';
import { type RegistrationSettingsAnswer, RegistrationSettingsBody } from './registration-settings.dto';
import { RegistrationSettings } from './registration-settings.entity';

@Injectable()
export class RegistrationSettingsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
  ) {}

  async get({ tenantId }: Caller, eventId: string): Promise<RegistrationSettingsAnswer> {
    const { manager } = this.transactions;
    await this.events.known(manager, tenantId, eventId);
    return this.answer(manager, eventId);
  }

  /** Holds for who signs up from now on: whoever waits or is looked at goes on so. */
  async change(
    { tenantId }: Caller,
    eventId: string,
    version: number,
    patch: unknown,
  ): Promise<RegistrationSettingsAnswer> {
    return this.transactions.retrying(async (manager) => {
      await this.events.own(manager, eventId);
      await this.events.known(manager, tenantId, eventId);
      const { eventId: _, version: current, ...terms } = await this.answer(manager, eventId);
      assertVersion(current, version);
      const body = validated(RegistrationSettingsBody, mergePatch(terms, patch));
      await manager.query(
        `INSERT INTO registration_settings (event_id, tenant_id, requires_approval, waitlist, requires_invitation, version)
         VALUES ($1, $2, $3, $4, $5, 1)
         ON CONFLICT (event_id) DO UPDATE SET requires_approval = $3, waitlist = $4, requires_invitation = $5,
           version = registration_settings.version + 1, updated_at = now()`,
        [eventId, tenantId, body.requiresApproval ?? false, body.waitlist ?? false, body.requiresInvitation ?? false],
      );
      return this.answer(manager, eventId);
    });
  }

  private async answer(manager: EntityManager, eventId: string): Promise<RegistrationSettingsAnswer> {
    const settings = await manager.findOneBy(RegistrationSettings, { eventId });
    const { requiresApproval = false, waitlist = false, requiresInvitation = false, version = 0 } = settings ?? {};
    return { eventId, requiresApproval, waitlist, requiresInvitation, version };
  }
}
