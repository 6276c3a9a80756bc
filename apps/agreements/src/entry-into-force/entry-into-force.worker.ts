import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Transactions, WorkLoop } from '@expo-accord/database';
import { dayIn } from '@expo-accord/values';
import { type EntityManager } from 'typeorm';
import { AgreementLedger } from '../agreements/agreement-ledger.service';
import { AgreementSteps } from '../agreements/agreement-steps.service';
import { Agreement } from '../agreements/agreement.entity';
import { Clock } from '../reminders/clock';
import { EntryDays } from './entry-days.service';

const POLL_MS = 30_000;

/** In the audit trail, where nobody's key did it. */
export const ENTRY_BY_RULE = 'entry-into-force';

/**
 * Brings agreements into force on the day that their rule sets, which begins with midnight in their zone. Any number of
 * workers may run: each holds the agreement's row, and one that has entered waits for no day any more.
 */
@Injectable()
export class EntryIntoForceWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #loop = new WorkLoop({
    name: 'Bringing agreements into force',
    work: () => this.enterDue().then(() => false),
    restMs: POLL_MS,
  });

  constructor(
    private readonly transactions: Transactions,
    private readonly steps: AgreementSteps,
    private readonly ledger: AgreementLedger,
    private readonly days: EntryDays,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  async enterDue(): Promise<void> {
    for (const id of await this.due()) {
      if (this.#loop.isStopping) return;
      await this.transactions.run((manager) => this.enter(manager, id));
    }
  }

  /** Whose day has come, the earliest first; no zone is earlier than that of Kiritimati. */
  private async due(): Promise<string[]> {
    const now = this.clock.now();
    const waiting = await this.transactions.manager.query<{ id: string; entersOn: string; zone: string }[]>(
      `SELECT a.id, a.enters_on::text AS "entersOn",
              coalesce(a.content -> 'entryIntoForce' ->> 'zone', e.zone, 'UTC') AS zone
       FROM agreement a LEFT JOIN event_copy e ON e.tenant_id = a.tenant_id AND e.id = a.event_id
       WHERE a.enters_on <= $1 ORDER BY a.enters_on, a.id`,
      [dayIn('Pacific/Kiritimati', now)],
    );
    return waiting.filter(({ entersOn, zone }) => entersOn <= dayIn(zone, now)).map(({ id }) => id);
  }

  /** Unless somebody else holds it, or moved its day meanwhile. */
  private async enter(manager: EntityManager, id: string): Promise<void> {
    const lock = { mode: 'pessimistic_write', onLocked: 'skip_locked' } as const;
    const agreement = await manager.findOne(Agreement, { where: { id }, lock });
    if (!agreement || agreement.entersOn === null) return;
    if (agreement.entersOn > (await this.days.today(manager, agreement))) return;
    const by = { tenantId: agreement.tenantId, keyId: ENTRY_BY_RULE };
    const on = { edtf: agreement.entersOn };
    await this.ledger.keep(manager, by, await this.steps.enter(manager, by, agreement, on));
  }
}
