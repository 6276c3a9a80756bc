import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { assertVersion, type Caller, mergePatch, validated } from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { EventCopyStore } from '../events/event-copy.store';
import { PersonalDataWorker } from './personal-data.worker';
import { type RetentionAnswer, RetentionBody } from './retention.dto';
import { Retention } from './retention.entity';
import { keptUntil } from './retention.rules';

/** Until when the registrants of an event are kept. */
@Injectable()
export class RetentionService {
  constructor(
    private readonly transactions: Transactions,
    private readonly events: EventCopyStore,
    private readonly worker: PersonalDataWorker,
  ) {}

  async get({ tenantId }: Caller, eventId: string): Promise<RetentionAnswer> {
    const { manager } = this.transactions;
    return this.answer(manager, tenantId, eventId, await manager.findOneBy(Retention, { tenantId, eventId }));
  }

  async change({ tenantId }: Caller, eventId: string, version: number, patch: unknown): Promise<RetentionAnswer> {
    const answer = await this.transactions.retrying(async (manager) => {
      await this.events.known(manager, tenantId, eventId);
      await manager.query('INSERT INTO retention (event_id, tenant_id) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
        eventId,
        tenantId,
      ]);
      const found = await manager.findOneOrFail(Retention, {
        where: { tenantId, eventId },
        lock: { mode: 'pessimistic_write' },
      });
      assertVersion(found.version, version);
      const { days = null, until = null } = validated(
        RetentionBody,
        mergePatch({ days: found.days, until: found.until?.toISOString() ?? null }, patch),
      );
      await manager.query(
        'UPDATE retention SET days = $2, until = $3, version = version + 1, updated_at = now() WHERE event_id = $1',
        [eventId, days, until],
      );
      return this.answer(manager, tenantId, eventId, await manager.findOneBy(Retention, { tenantId, eventId }));
    });
    this.worker.wake();
    return answer;
  }

  private async answer(
    manager: EntityManager,
    tenantId: string,
    eventId: string,
    retention: Retention | null,
  ): Promise<RetentionAnswer> {
    const { endsAt } = await this.events.known(manager, tenantId, eventId);
    return {
      eventId,
      days: retention?.days ?? null,
      until: retention?.until?.toISOString() ?? null,
      keptUntil: keptUntil(retention, endsAt)?.toISOString() ?? null,
      purgedAt: retention?.purgedAt?.toISOString() ?? null,
      version: retention?.version ?? 0,
    };
  }
}
