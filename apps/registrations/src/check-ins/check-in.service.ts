import { Injectable } from '@nestjs/common';
import { newId, Transactions } from '@expo-accord/database';
import {
  actionNotAllowed,
  type Caller,
  conflict,
  type FieldProblem,
  invalid,
  notFound,
  paginate,
  type Problem,
} from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { EventCopyStore } from '../events/event-copy.store';
import { type RegistrationAnswer } from '../registrations/registration.answer';
import { actionsFrom } from '../registrations/registration.rules';
import { RegistrationService } from '../registrations/registration.service';
import { TicketKeys } from '../signed-tickets/ticket-keys';
import {
  type CheckInAnswer,
  type CheckInPage,
  type CheckInQuery,
  type ScanBatchAnswer,
  type ScanBody,
  type ScanResult,
} from './check-in.dto';
import { CheckInRow } from './check-in.entity';
import { answerOf, problemsTogether, scanOf } from './check-in.mapping';
import { CheckInRecorder, type Recorded } from './check-in.recorder';
import { ScanQueue } from './scan-queue';

@Injectable()
export class CheckInService {
  constructor(
    private readonly transactions: Transactions,
    private readonly recorder: CheckInRecorder,
    private readonly queue: ScanQueue,
    private readonly keys: TicketKeys,
    private readonly registrations: RegistrationService,
    private readonly events: EventCopyStore,
  ) {}

  /** @returns whether the scan was here before, and what came of it */
  async scan(
    { tenantId }: Caller,
    eventId: string,
    body: ScanBody,
  ): Promise<{ repeated: boolean; answer: CheckInAnswer }> {
    refuse(problemsTogether(body));
    const { row, repeated, reused } = await this.queue.record(tenantId, eventId, await scanOf(body, this.keys));
    if (reused) throw conflict('scan-id-reused', 'Another scan has this scanId.', { checkInId: row.id });
    return { repeated, answer: answerOf(row) };
  }

  async batch({ tenantId }: Caller, eventId: string, bodies: readonly ScanBody[]): Promise<ScanBatchAnswer> {
    refuse(bodies.flatMap((body, index) => problemsTogether(body, `/scans/${index}`)));
    const scans = await Promise.all(bodies.map((body) => scanOf(body, this.keys)));
    const recorded = await this.recorder.record(
      tenantId,
      eventId,
      scans.map((scan) => ({ scan })),
    );
    return { items: recorded.map(resultOf) };
  }

  /** Checks somebody in without a scanner. */
  async byHand(caller: Caller, registrationId: string, dryRun: boolean): Promise<RegistrationAnswer> {
    const work = async (manager: EntityManager): Promise<RegistrationAnswer> => {
      const { eventId } = await this.registrations.get(caller, registrationId);
      // The clock by which entry conditions are said to be satisfied.
      const { now } = await this.events.known(manager, caller.tenantId, eventId);
      const body = { scanId: newId(), registrationId, scannedAt: now.toISOString() };
      const [recorded] = await this.recorder.record(caller.tenantId, eventId, [
        { scan: await scanOf(body, this.keys) },
      ]);
      const { conditionsUnmet = [] } = recorded?.row ?? {};
      if (conditionsUnmet.length > 0) throw entryConditionUnmet(conditionsUnmet);
      const answer = await this.registrations.get(caller, registrationId);
      if (recorded?.arrived !== true) throw actionNotAllowed('check-in', answer.status, actionsFrom(answer.status));
      return answer;
    };
    return dryRun ? this.transactions.dryRun(work) : this.transactions.retrying(work);
  }

  async get({ tenantId }: Caller, id: string): Promise<CheckInAnswer> {
    const row = await this.transactions.manager.findOneBy(CheckInRow, { tenantId, id });
    if (row === null) throw notFound('check-in', id);
    return answerOf(row);
  }

  async list({ tenantId }: Caller, eventId: string, query: CheckInQuery): Promise<CheckInPage> {
    const { manager } = this.transactions;
    await this.events.known(manager, tenantId, eventId);
    const { conflict: wanted, registrationId, day } = query;
    const rows = manager.createQueryBuilder(CheckInRow, 'checkIn').where({ tenantId, eventId });
    if (wanted !== undefined) rows.andWhere(`checkIn.conflict IS ${wanted === 'true' ? 'NOT NULL' : 'NULL'}`);
    if (registrationId !== undefined) rows.andWhere({ registrationId });
    if (day !== undefined) rows.andWhere({ day });
    const { items, nextCursor } = await paginate(rows, query);
    return { items: items.map(answerOf), nextCursor };
  }
}

function refuse(problems: FieldProblem[]): void {
  if (problems.length > 0) throw invalid(problems);
}

function entryConditionUnmet(conditionsUnmet: readonly string[]): Problem {
  const detail = `Not yet satisfied: ${conditionsUnmet.join(', ')}.`;
  return conflict('entry-condition-unmet', detail, { conditionsUnmet });
}

function resultOf({ row, repeated, reused }: Recorded): ScanResult {
  const { id: checkInId, scanId, registrationId, outcome, conflict: code, conditionsUnmet } = row;
  if (!reused) return { scanId, outcome, code, conditionsUnmet, repeated, checkInId, registrationId };
  return {
    scanId,
    outcome: 'refused',
    code: 'scan-id-reused',
    conditionsUnmet: [],
    repeated: false,
    checkInId,
    registrationId: null,
  };
}
