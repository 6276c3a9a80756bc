import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller, invalidField, notFound } from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { EventCopyStore, type KnownEvent } from '../events/event-copy.store';
import { type Registration } from '../registrations/registration';
import { RegistrationStore } from '../registrations/registration.store';
import { CheckInRecorder } from './check-in.recorder';
import { type EntryConditionBody, type EntryConditionList } from './entry-condition.dto';
import { lastWord } from './entry-condition.rules';
import { EntryConditionStore } from './entry-condition.store';

/** Which of the event's entry conditions a registration satisfies, as far as somebody has said so. */
@Injectable()
export class EntryConditionService {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
    private readonly registrations: RegistrationStore,
    private readonly store: EntryConditionStore,
    private readonly recorder: CheckInRecorder,
  ) {}

  async list(caller: Caller, registrationId: string): Promise<EntryConditionList> {
    const { manager } = this.transactions;
    const { registration, event } = await this.found(manager, caller, registrationId);
    const statements = await this.store.statementsAndSightings(manager, registrationId);
    const { ticketsEndedAt } = registration;
    return {
      items: event.entryConditions.map(({ code, text }) => {
        const last = lastWord(code, event.now, { statements, ticketsEndedAt });
        return { code, text, satisfied: last?.satisfied ?? false, since: last?.at.toISOString() ?? null };
      }),
    };
  }

  async say(
    caller: Caller,
    registrationId: string,
    { code, satisfied, at }: EntryConditionBody,
    dryRun: boolean,
  ): Promise<EntryConditionList> {
    const isSatisfied = satisfied ?? true;
    if (!isSatisfied && at) {
      throw invalidField('/at', 'not-allowed', 'What is taken back is taken back from now on, and at no other time.');
    }
    const work = async (manager: EntityManager): Promise<EntryConditionList> => {
      const { registration, event } = await this.found(manager, caller, registrationId);
      if (!event.entryConditions.some((asked) => asked.code === code)) {
        const asked = event.entryConditions.map((each) => each.code).join(', ') || 'nothing';
        throw invalidField('/code', 'condition-unknown', `The event does not ask for this before entry, but ${asked}.`);
      }
      const statement = { code, satisfied: isSatisfied, at: at ? new Date(at) : event.now };
      await this.recorder.record(caller.tenantId, registration.eventId, [], { registrationId, statement });
      return this.list(caller, registrationId);
    };
    return dryRun ? this.transactions.dryRun(work) : this.transactions.retrying(work);
  }

  private async found(
    manager: EntityManager,
    { tenantId }: Caller,
    id: string,
  ): Promise<{ registration: Registration; event: KnownEvent }> {
    const registration = await this.registrations.byId(manager, tenantId, id);
    if (registration === undefined) throw notFound('registration', id);
    return { registration, event: await this.events.known(manager, tenantId, registration.eventId) };
  }
}
