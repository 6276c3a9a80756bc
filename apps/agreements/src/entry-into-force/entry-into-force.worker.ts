import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Transactions, WorkLoop } from '@expo-accord/database';
import { Outbox } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { todayInUtc } from '../agreements/agreement-ledger.service';
import { AgreementSteps } from '../agreements/agreement-steps.service';
import { Agreement } from '../agreements/agreement.entity';

const POLL_MS = 30_000;

/** In the audit trail, where nobody's key did it. */
export const ENTRY_BY_RULE = 'entry-into-force';

/**
 * Brings agreements into force on the day that their rule sets, which begins at midnight UTC. Any number of workers may
 * run: each holds the agreement's row, and one that has entered waits for no day any more.
 */
@Injectable()
export class EntryIntoForceWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #loop = new WorkLoop({
    name: 'Bringing agreements into force',
    work: () => this.enterDue(todayInUtc()).then(() => false),
    restMs: POLL_MS,
  });

  constructor(
    private readonly transactions: Transactions,
    private readonly steps: AgreementSteps,
    private readonly outbox: Outbox,
  ) {}

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  /** @param today as YYYY-MM-DD */
  async enterDue(today: string): Promise<void> {
    while (!this.#loop.isStopping && (await this.transactions.run((manager) => this.enterNext(manager, today))));
  }

  private async enterNext(manager: EntityManager, today: string): Promise<boolean> {
    const agreement = await manager
      .createQueryBuilder(Agreement, 'agreement')
      .where('agreement.entersOn <= :today', { today })
      .orderBy('agreement.entersOn')
      .addOrderBy('agreement.id')
      .limit(1)
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getOne();
    if (!agreement) return false;
    const by = { tenantId: agreement.tenantId, keyId: ENTRY_BY_RULE };
    const on = agreement.entersOn === null ? null : { edtf: agreement.entersOn };
    const { messages } = await this.steps.enter(manager, by, agreement, on);
    await this.outbox.append(manager, messages);
    return true;
  }
}
