import { Injectable } from '@nestjs/common';
import { deliveryDelivered, deliveryFailed, type DataOf } from '@expo-accord/contracts';
import { newId, Transactions } from '@expo-accord/database';
import { outgoing, Outbox } from '@expo-accord/messaging';
import { type EntityManager } from 'typeorm';
import { type ClaimedDelivery } from './delivery.claims';
import { type AttemptOutcome, verdictOn, type Verdict } from './delivery.rules';
import { DeliverySettings } from './delivery.settings';

/** One attempt as it went. `language` and `templateVersion` only for a mail. */
export interface Attempt {
  outcome: AttemptOutcome;
  startedAt: Date;
  durationMs: number;
  language?: string;
  templateVersion?: number;
}

/** What a channel does in the same transaction, knowing what became of the delivery. */
export type AfterVerdict = (manager: EntityManager, verdict: Verdict) => Promise<void>;

/** Writes down what became of an attempt: the log, the delivery's status and, at the end, a message. */
@Injectable()
export class DeliveryRecorder {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly settings: DeliverySettings,
  ) {}

  /** Nothing is written when the lease was lost: whoever claimed the row since then has the last word. */
  async record(claimed: ClaimedDelivery, attempt: Attempt, afterVerdict?: AfterVerdict): Promise<void> {
    const verdict = verdictOn(attempt.outcome, claimed.scheduleAttempts + 1, this.settings.retryScale);
    await this.transactions.run(async (manager) => {
      if (!(await this.#settle(manager, claimed, attempt, verdict))) return;
      await this.#log(manager, claimed, attempt);
      await afterVerdict?.(manager, verdict);
      await this.#announce(manager, claimed, verdict);
    });
  }

  async #settle(manager: EntityManager, claimed: ClaimedDelivery, attempt: Attempt, verdict: Verdict) {
    const settled = await manager.query<unknown[]>(
      `WITH settled AS (
        UPDATE delivery SET
          status = $3, last_code = $4, attempts = attempts + 1, schedule_attempts = schedule_attempts + 1,
          next_attempt_at = now() + $5::bigint * interval '1 millisecond',
          delivered_at = CASE WHEN $3 = 'delivered' THEN now() ELSE delivered_at END,
          language = coalesce($6, language), template_version = coalesce($7, template_version),
          lease_token = NULL, leased_until = NULL, updated_at = now()
        WHERE id = $1 AND lease_token = $2
        RETURNING id
      ) SELECT id FROM settled`,
      [
        claimed.id,
        claimed.leaseToken,
        verdict.status,
        attempt.outcome.code,
        verdict.retryInMs,
        attempt.language ?? null,
        attempt.templateVersion ?? null,
      ],
    );
    return settled.length === 1;
  }

  async #log(manager: EntityManager, claimed: ClaimedDelivery, { outcome, startedAt, durationMs }: Attempt) {
    await manager.query(
      `INSERT INTO delivery_attempt (id, delivery_id, number, started_at, duration_ms, succeeded, code, reply_code)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        newId(),
        claimed.id,
        claimed.attempts + 1,
        startedAt,
        durationMs,
        outcome.result === 'delivered',
        outcome.code,
        outcome.replyCode,
      ],
    );
  }

  async #announce(manager: EntityManager, claimed: ClaimedDelivery, { status }: Verdict): Promise<void> {
    if (status !== 'delivered' && status !== 'failed') return;
    const contract = status === 'delivered' ? deliveryDelivered : deliveryFailed;
    const recordedAt = new Date().toISOString();
    const data: DataOf<typeof contract> = {
      occurredOn: { edtf: recordedAt.slice(0, 10) },
      recordedAt,
      historical: false,
      synthetic: claimed.synthetic,
      visibility: 'internal',
      url: `${this.settings.publicUrl}/v1/deliveries/${claimed.id}`,
      externalRefs: [],
      deliveryId: claimed.id,
      channel: claimed.channel,
      causeId: claimed.causeId,
      causeType: claimed.causeType,
      endpointId: claimed.endpointId,
      attempts: claimed.attempts + 1,
    };
    await this.outbox.append(manager, [
      outgoing(contract, { aggregateId: claimed.id, tenantId: claimed.tenantId, data }),
    ]);
  }
}
