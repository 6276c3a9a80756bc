import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Transactions, WorkLoop } from '@expo-accord/database';
import { HealthRegistry } from '@expo-accord/observability';
import { type EntityManager } from 'typeorm';
import { Clock } from '../reminders/clock';
import { FiledDocument } from './document.entity';
import { keyOf } from './document.service';
import { ObjectStore } from './object-store';

const HOUR_MS = 3_600_000;
/** How long somebody may take to send what was announced. */
const PENDING_MS = 24 * HOUR_MS;
/** Longer than an upload takes that began before its document was removed, and ends after. */
const REMOVED_MS = HOUR_MS;
const AT_ONCE = 100;

/**
 * Clears away what nobody wants any more: announced and never sent, removed, or left over when a draft was deleted. The
 * row of what was removed outlives its content, so nothing in the store is ever without one. Any number may run.
 */
@Injectable()
export class DocumentSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #loop = new WorkLoop({
    name: 'Clearing away documents',
    work: () => this.sweep().then(() => false),
    restMs: HOUR_MS,
  });

  constructor(
    private readonly transactions: Transactions,
    private readonly store: ObjectStore,
    private readonly clock: Clock,
    private readonly health: HealthRegistry,
  ) {}

  onApplicationBootstrap(): void {
    // All else can be served without them.
    this.health.register('documents', () => this.probe(), 'degraded');
    this.#loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  async sweep(): Promise<void> {
    const now = this.clock.now().getTime();
    await this.transactions.manager.query(
      `UPDATE document d SET status = 'removed', updated_at = $1
       WHERE (status = 'pending' AND updated_at < $2)
          OR (status <> 'removed' AND resource = 'agreements'
              AND NOT EXISTS (SELECT FROM agreement a WHERE a.id = d.resource_id))`,
      [new Date(now), new Date(now - PENDING_MS)],
    );
    const before = new Date(now - REMOVED_MS);
    while (!this.#loop.isStopping && (await this.transactions.run((manager) => this.forgetSome(manager, before)))) {
      // The next ones.
    }
    if (!this.#loop.isStopping) await this.store.forgetUnfinished(new Date(now - PENDING_MS));
  }

  private async forgetSome(manager: EntityManager, before: Date): Promise<number> {
    const removed = await manager
      .createQueryBuilder(FiledDocument, 'document')
      .where(`document.status = 'removed' AND document.updatedAt < :before`, { before })
      .limit(AT_ONCE)
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getMany();
    for (const document of removed) await this.store.remove(keyOf(document));
    if (removed.length > 0)
      await manager.delete(
        FiledDocument,
        removed.map(({ id }) => id),
      );
    return removed.length;
  }

  private async probe(): Promise<string | null> {
    try {
      await this.store.check();
      return null;
    } catch {
      return 'the document store cannot be reached or written';
    }
  }
}
