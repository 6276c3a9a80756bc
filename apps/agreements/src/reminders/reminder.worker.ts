import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Transactions, WorkLoop } from '@expo-accord/database';
import { Outbox } from '@expo-accord/messaging';
import { type EntityManager, In } from 'typeorm';
import { Commitment } from '../commitments/commitment.entity';
import { COMMITMENTS } from '../commitments/commitment.view';
import { PublicUrl } from '../recorded/public-url';
import { Clock } from './clock';
import { type CommitmentReminder } from './reminder.entity';
import { reminderMessage } from './reminder.messages';
import { ReminderPlans } from './reminder-plan.service';

/** Late by no more than this; what is due is known to the day. */
const POLL_MS = 30_000;
const AT_ONCE = 200;

/** Commitments first, as everywhere, and whole steps: of several lead times that passed only the nearest is told. */
const CLAIM = `
  SELECT r.commitment_id AS "commitmentId", r.step_id AS "stepId", r.due_on::text AS "dueOn",
         r.lead_days AS "leadDays", r.due_at AS "dueAt"
  FROM commitment_reminder r JOIN commitment c ON c.id = r.commitment_id
  WHERE r.announced_at IS NULL AND r.at <= $1 AND c.disclosed
    AND NOT EXISTS (SELECT FROM commitment_reminder nearer
      WHERE nearer.commitment_id = r.commitment_id AND nearer.step_id = r.step_id AND nearer.due_on = r.due_on
        AND nearer.lead_days < r.lead_days AND nearer.at <= $1)
  ORDER BY r.at LIMIT ${AT_ONCE}
  FOR UPDATE OF c, r SKIP LOCKED`;

type Claimed = Pick<CommitmentReminder, 'commitmentId' | 'stepId' | 'dueOn' | 'leadDays' | 'dueAt'>;

/**
 * Tells what is due, each thing once: the row that plans it is claimed and marked in the transaction that appends the
 * message, whatever dies when. Any number of workers may run.
 */
@Injectable()
export class ReminderWorker implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #loop = new WorkLoop({
    name: 'Reminding of commitments',
    work: () => this.tellAll().then(() => false),
    restMs: POLL_MS,
  });

  constructor(
    private readonly transactions: Transactions,
    private readonly plans: ReminderPlans,
    private readonly outbox: Outbox,
    private readonly urls: PublicUrl,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.#loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#loop.stop();
  }

  /** Plans anew what rests on something else than it did, and tells all that is due by now. */
  async tellAll(): Promise<void> {
    while (
      !this.#loop.isStopping &&
      (await this.transactions.run((manager) => this.plans.planDrifted(manager, AT_ONCE)))
    ) {
      // The next ones.
    }
    while (!this.#loop.isStopping && (await this.transactions.run((manager) => this.tellNext(manager)))) {
      // The next ones.
    }
  }

  /** @returns how many were told */
  private async tellNext(manager: EntityManager): Promise<number> {
    const now = this.clock.now();
    const claimed = await manager.query<Claimed[]>(CLAIM, [now]);
    if (claimed.length === 0) return 0;
    await manager.query(
      `UPDATE commitment_reminder r SET announced_at = $2
       FROM jsonb_to_recordset($1::jsonb) AS told ("commitmentId" uuid, "stepId" uuid, "dueOn" date)
       WHERE r.commitment_id = told."commitmentId" AND r.step_id = told."stepId" AND r.due_on = told."dueOn"
         AND r.announced_at IS NULL AND r.at <= $2`,
      [JSON.stringify(claimed), now],
    );
    const found = await manager.findBy(Commitment, { id: In(claimed.map(({ commitmentId }) => commitmentId)) });
    const commitments = new Map(found.map((commitment) => [commitment.id, commitment]));
    await this.outbox.append(
      manager,
      claimed.flatMap((reminder) => {
        const commitment = commitments.get(reminder.commitmentId);
        const url = this.urls.of(COMMITMENTS, reminder.commitmentId);
        return commitment ? [reminderMessage(commitment, reminder, url, now)] : [];
      }),
    );
    return claimed.length;
  }
}
