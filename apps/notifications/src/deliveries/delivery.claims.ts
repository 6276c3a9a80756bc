import { Injectable } from '@nestjs/common';
import { newId, Transactions } from '@expo-accord/database';
import { type Delivery } from './delivery.entity';
import { DeliverySettings } from './delivery.settings';

/** A row that this process alone works on until its lease ends. */
export type ClaimedDelivery = Pick<
  Delivery,
  | 'id'
  | 'tenantId'
  | 'channel'
  | 'causeId'
  | 'causeType'
  | 'source'
  | 'correlationId'
  | 'traceparent'
  | 'endpointId'
  | 'registrationId'
  | 'eventId'
  | 'templateId'
  | 'language'
  | 'synthetic'
  | 'attempts'
  | 'scheduleAttempts'
  | 'scheduleStartedAt'
> & { leaseToken: string };

const isDue = `d.status = 'pending' AND d.next_attempt_at <= now() AND (d.leased_until IS NULL OR d.leased_until < now())`;

/** Takes `due`, a list of ids that the statement before it has locked, under a lease of $1 ms and token $2. */
const takeDue = `
  taken AS (
    UPDATE delivery d
    SET lease_token = $2, leased_until = now() + $1 * interval '1 millisecond',
        schedule_started_at = coalesce(d.schedule_started_at, now())
    FROM due WHERE d.id = due.id
    RETURNING d.*
  )
  SELECT id, tenant_id AS "tenantId", channel, cause_id AS "causeId", cause_type AS "causeType", source,
    correlation_id AS "correlationId", traceparent, endpoint_id AS "endpointId", registration_id AS "registrationId", event_id AS "eventId",
    template_id AS "templateId", language, synthetic, attempts, schedule_attempts AS "scheduleAttempts",
    schedule_started_at AS "scheduleStartedAt", lease_token AS "leaseToken"
  FROM taken ORDER BY position`;

/**
 * Claims due deliveries. Rows that another worker holds are skipped; a row whose lease has ended (its worker was killed)
 * is due again. Of the pending deliveries of one aggregate to one receiver only the first can be claimed.
 */
@Injectable()
export class DeliveryClaims {
  constructor(
    private readonly transactions: Transactions,
    private readonly settings: DeliverySettings,
  ) {}

  /** @param inFlight how many this process already sends to each endpoint; together never more than `perEndpoint` */
  async claimWebhooks(
    limit: number,
    perEndpoint: number,
    inFlight: ReadonlyMap<string, number>,
  ): Promise<ClaimedDelivery[]> {
    return this.transactions.manager.query<ClaimedDelivery[]>(
      `WITH due AS (
        SELECT candidate.id
        FROM webhook_endpoint e
        LEFT JOIN unnest($4::uuid[], $5::int[]) AS busy (endpoint_id, count) ON busy.endpoint_id = e.id
        CROSS JOIN LATERAL (
          SELECT d.id FROM delivery d
          WHERE d.endpoint_id = e.id AND ${isDue}
            AND NOT EXISTS (
              SELECT 1 FROM delivery earlier
              WHERE earlier.endpoint_id = d.endpoint_id AND earlier.source = d.source
                AND earlier.status = 'pending' AND earlier.position < d.position)
          ORDER BY d.next_attempt_at, d.position
          LIMIT greatest(0, $6::int - coalesce(busy.count, 0))
          FOR UPDATE OF d SKIP LOCKED
        ) candidate
        WHERE e.status = 'enabled'
        LIMIT $3
      ), ${takeDue}`,
      [this.settings.leaseMs, newId(), limit, [...inFlight.keys()], [...inFlight.values()], perEndpoint],
    );
  }

  async claimMails(limit: number): Promise<ClaimedDelivery[]> {
    return this.transactions.manager.query<ClaimedDelivery[]>(
      `WITH due AS (
        SELECT d.id FROM delivery d
        WHERE d.channel = 'mail' AND ${isDue}
          AND NOT EXISTS (
            SELECT 1 FROM delivery earlier
            WHERE earlier.registration_id = d.registration_id AND earlier.status IN ('waiting', 'pending')
              AND earlier.position < d.position)
        ORDER BY d.next_attempt_at, d.position
        LIMIT $3
        FOR UPDATE SKIP LOCKED
      ), ${takeDue}`,
      [this.settings.leaseMs, newId(), limit],
    );
  }

  /** Gives a row back untouched, because the process stops before the attempt came to anything. */
  async release(claimed: ClaimedDelivery): Promise<void> {
    await this.transactions.manager.query(
      `UPDATE delivery SET lease_token = NULL, leased_until = NULL WHERE id = $1 AND lease_token = $2`,
      [claimed.id, claimed.leaseToken],
    );
  }
}
