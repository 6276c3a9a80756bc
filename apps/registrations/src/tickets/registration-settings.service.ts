import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { assertVersion, type Caller, conflict, mergePatch, validated } from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { EventCopyStore } from '../events/event-copy.store';
import { personIdentities, type PersonIdentity } from '../registrations/person-fingerprint';
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
      const personIdentity = body.personIdentity ?? personIdentities[0];
      if (personIdentity !== terms.personIdentity)
        await this.assertNobodyIsKnown(manager, eventId, terms.personIdentity);
      await manager.query(
        `INSERT INTO registration_settings (event_id, tenant_id, requires_approval, waitlist, requires_invitation,
           person_identity, version)
         VALUES ($1, $2, $3, $4, $5, $6, 1)
         ON CONFLICT (event_id) DO UPDATE SET requires_approval = $3, waitlist = $4, requires_invitation = $5,
           person_identity = $6, version = registration_settings.version + 1, updated_at = now()`,
        [
          eventId,
          tenantId,
          body.requiresApproval ?? false,
          body.waitlist ?? false,
          body.requiresInvitation ?? false,
          personIdentity,
        ],
      );
      return this.answer(manager, eventId);
    });
  }

  /**
   * The event is owned, so nobody is being registered either. Whose registration is over is not looked for by what it was known
   * by, and is known anew where history gives it another status.
   */
  private async assertNobodyIsKnown(manager: EntityManager, eventId: string, current: PersonIdentity): Promise<void> {
    const known = await manager.query<unknown[]>(
      `SELECT 1 FROM registration
        WHERE event_id = $1 AND status <> 'cancelled' AND status <> 'declined' AND erased_at IS NULL LIMIT 1`,
      [eventId],
    );
    if (known.length === 0) return;
    throw conflict(
      'person-identity-in-use',
      `Persons who are registered for the event are known by ${current}; that is changed only while nobody is.`,
      { personIdentity: current },
    );
  }

  private async answer(manager: EntityManager, eventId: string): Promise<RegistrationSettingsAnswer> {
    const settings = await manager.findOneBy(RegistrationSettings, { eventId });
    const { requiresApproval = false, waitlist = false, requiresInvitation = false, version = 0 } = settings ?? {};
    const { personIdentity = personIdentities[0] } = settings ?? {};
    return { eventId, requiresApproval, waitlist, requiresInvitation, personIdentity, version };
  }
}
