import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type EntityManager } from 'typeorm';
import { AgreementLedger, todayInUtc } from '../agreements/agreement-ledger.service';
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
  readonly #logger = new Logger(EntryIntoForceWorker.name);
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly transactions: Transactions,
    private readonly steps: AgreementSteps,
    private readonly ledger: AgreementLedger,
  ) {}

  onApplicationBootstrap(): void {
    this.#running = this.enterDue(todayInUtc())
      .catch((error: unknown) => {
        // Rolled back as a whole; the next poll tries again.
        this.#logger.error('An entry into force failed', error instanceof Error ? error.stack : undefined);
      })
      .finally(() => {
        if (this.#stopped) return;
        this.#timer = setTimeout(() => {
          this.onApplicationBootstrap();
        }, POLL_MS);
      });
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** @param today as YYYY-MM-DD */
  async enterDue(today: string): Promise<void> {
    while (!this.#stopped && (await this.transactions.run((manager) => this.enterNext(manager, today))));
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
    await this.ledger.keep(manager, by, await this.steps.enter(manager, by, agreement, on));
    return true;
  }
}
