import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller, forgetAnswers, notFound } from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { answerOf as checkInAnswerOf } from '../check-ins/check-in.mapping';
import { CheckInRow } from '../check-ins/check-in.entity';
import { EventCopyStore } from '../events/event-copy.store';
import { ErasedUploads } from '../imports/erased-uploads';
import { type Registration } from '../registrations/registration';
import { answerOf, type RegistrationAnswer } from '../registrations/registration.answer';
import { hasTicket } from '../registrations/registration.rules';
import { RegistrationStore } from '../registrations/registration.store';
import { QuotaStore } from '../tickets/quota.store';
import { Erasure } from './erasure';
import { ErasureMarks } from './erasure-marks';
import { type PersonalData } from './personal-data.dto';
import { Registrants, type Sought } from './registrants';

/** What is kept about a person: shown to them, and forgotten when they ask for it. */
@Injectable()
export class PersonalDataService {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
    private readonly store: RegistrationStore,
    private readonly registrants: Registrants,
    private readonly erasure: Erasure,
    private readonly marks: ErasureMarks,
    private readonly uploads: ErasedUploads,
    private readonly quotas: QuotaStore,
  ) {}

  /** The person of a registration, and with it of every other that they have for the same event. */
  async erase({ tenantId }: Caller, id: string, dryRun: boolean): Promise<RegistrationAnswer> {
    return this.perform(dryRun, async (manager) => {
      const { eventId } = await this.found(manager, tenantId, id);
      await this.events.own(manager, eventId);
      const alike = await this.registrants.alike(manager, await this.found(manager, tenantId, id));
      const erased = await this.eraseOf(manager, tenantId, eventId, alike);
      const [own] = await this.answers(
        manager,
        erased.filter((each) => each.id === id),
      );
      return own as RegistrationAnswer;
    });
  }

  /** A person over all events of the tenant. Uploads that are still waiting are searched, and stored answers, too. */
  async erasePerson({ tenantId }: Caller, sought: Sought, dryRun: boolean): Promise<RegistrationAnswer[]> {
    return this.perform(dryRun, async (manager) => {
      const waiting = await manager.query<{ id: string }[]>(
        `SELECT DISTINCT event_id AS id FROM import_job
          WHERE tenant_id = $1 AND status IN ('receiving', 'queued', 'running')`,
        [tenantId],
      );
      const registered = await this.registrants.of(manager, { tenantId, eventId: null }, sought);
      const told = await this.registrants.inAnswers(manager, tenantId, sought);
      const eventIds = new Set([
        ...waiting.map(({ id }) => id),
        ...[...registered, ...told].map((each) => each.eventId),
      ]);
      const erased: Registration[] = [];
      // In one order, so that two of these never wait for each other.
      for (const eventId of [...eventIds].sort()) {
        await this.events.own(manager, eventId);
        const own = await this.registrants.of(manager, { tenantId, eventId }, sought);
        await this.marks.keep(manager, eventId, [
          { person: { ...sought, phone: null }, organization: null, externalRefs: [] },
        ]);
        erased.push(...(await this.eraseOf(manager, tenantId, eventId, own)));
      }
      const ids = told.map(({ id }) => id);
      if (ids.length > 0) await forgetAnswers(manager, tenantId, ids);
      return this.answers(manager, erased);
    });
  }

  async exported({ tenantId }: Caller, id: string): Promise<PersonalData> {
    const { manager } = this.transactions;
    const [data] = await this.dataOf(manager, [await this.found(manager, tenantId, id)]);
    return data as PersonalData;
  }

  async exportedPerson({ tenantId }: Caller, sought: Sought): Promise<PersonalData[]> {
    const { manager } = this.transactions;
    return this.dataOf(manager, await this.registrants.of(manager, { tenantId, eventId: null }, sought));
  }

  private async eraseOf(
    manager: EntityManager,
    tenantId: string,
    eventId: string,
    registrations: readonly Registration[],
  ): Promise<Registration[]> {
    const { now } = await this.events.known(manager, tenantId, eventId);
    const erased = await this.erasure.erase(manager, eventId, registrations, now);
    await this.uploads.forgetLines(manager, eventId);
    await this.uploads.forgetResults(
      manager,
      eventId,
      registrations.flatMap(({ externalRefs }) => externalRefs),
    );
    return erased;
  }

  private async dataOf(manager: EntityManager, registrations: readonly Registration[]): Promise<PersonalData[]> {
    const answers = await this.answers(manager, registrations);
    const data = registrations.map(async (registration, index): Promise<PersonalData> => {
      const { id: registrationId, tenantId, status, ticketsEndedAt } = registration;
      const scans = await manager.find(CheckInRow, { where: { tenantId, registrationId }, order: { id: 'ASC' } });
      return {
        registration: answers[index] as RegistrationAnswer,
        checkIns: scans.map(checkInAnswerOf),
        tickets: {
          current: hasTicket(status) ? ticketsEndedAt.length + 1 : null,
          endedAt: ticketsEndedAt.map((at) => at.toISOString()),
        },
        elsewhere: [`/v1/deliveries?registrationId=${registrationId}`],
      };
    });
    return Promise.all(data);
  }

  private async answers(manager: EntityManager, registrations: readonly Registration[]): Promise<RegistrationAnswer[]> {
    const names = await this.quotas.namesByEvent(manager, [...new Set(registrations.map(({ eventId }) => eventId))]);
    return registrations.map((registration) => answerOf(registration, names));
  }

  private async found(manager: EntityManager, tenantId: string, id: string): Promise<Registration> {
    const found = await this.store.byId(manager, tenantId, id);
    if (found === undefined) throw notFound('registration', id);
    return found;
  }

  private async perform<T>(dryRun: boolean, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return dryRun ? this.transactions.dryRun(work) : this.transactions.retrying(work);
  }
}
