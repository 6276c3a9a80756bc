import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { currentContext, HealthRegistry } from '@expo-accord/observability';
import { type EntityManager } from 'typeorm';
import { type ClaimedDelivery, DeliveryClaims } from '../deliveries/delivery.claims';
import { DeliveryRecorder } from '../deliveries/delivery.recorder';
import { type AttemptOutcome, type Verdict } from '../deliveries/delivery.rules';
import { DeliverySettings } from '../deliveries/delivery.settings';
import { DeliveryTelemetry } from '../deliveries/delivery.telemetry';
import { Dispatcher } from '../deliveries/dispatcher';
import { bodyOf, type ToldMessage } from '../feed/message-body.rules';
import { isPublicAddress } from './address.rules';
import { openSecret } from './endpoint-secret.rules';
import { signedHeaders } from './signature.rules';
import { WebhookClient } from './webhook.client';
import { outcomeOfError, outcomeOfStatus, reasonToDisable } from './webhook.rules';
import { WebhookSettings } from './webhook.settings';

interface Target {
  url: string;
  sealedSecret: string;
  previousSealedSecret: string | null;
}

/** At once in this process, over all endpoints and to one of them: a slow endpoint takes its own places only. */
const CONCURRENCY = 32;
const PER_ENDPOINT = 4;

@Injectable()
export class WebhookWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #client: WebhookClient;
  readonly #dispatcher: Dispatcher;
  readonly #inFlight = new Map<string, number>();

  constructor(
    private readonly transactions: Transactions,
    private readonly claims: DeliveryClaims,
    private readonly recorder: DeliveryRecorder,
    private readonly settings: WebhookSettings,
    deliveries: DeliverySettings,
    telemetry: DeliveryTelemetry,
    health: HealthRegistry,
  ) {
    this.#client = new WebhookClient({
      timeoutMs: settings.timeoutMs,
      mayReach: settings.allowPrivateAddresses ? () => true : isPublicAddress,
    });
    const channel = {
      name: 'Webhooks',
      concurrency: CONCURRENCY,
      idleMs: deliveries.idlePollMs,
      claim: (limit: number) => this.claims.claimWebhooks(limit, PER_ENDPOINT, this.#inFlight),
      attempt: (claimed: ClaimedDelivery) => this.#attempt(claimed),
    };
    this.#dispatcher = new Dispatcher(channel, telemetry);
    health.register('webhooks', () => this.#dispatcher.complaint(), 'live');
  }

  onApplicationBootstrap(): void {
    this.#dispatcher.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.#dispatcher.stop(() => {
      this.#client.abort();
    });
    await this.#client.close();
  }

  wake(): void {
    this.#dispatcher.wake();
  }

  async #attempt(claimed: ClaimedDelivery): Promise<AttemptOutcome | null> {
    const endpointId = claimed.endpointId ?? '';
    this.#inFlight.set(endpointId, (this.#inFlight.get(endpointId) ?? 0) + 1);
    try {
      const startedAt = new Date();
      const outcome = await this.#send(endpointId, claimed.causeId, startedAt);
      if (outcome === null || (this.#client.stopped && outcome.result !== 'delivered')) {
        await this.claims.release(claimed);
        return null;
      }
      const durationMs = Date.now() - startedAt.getTime();
      await this.recorder.record(claimed, { outcome, startedAt, durationMs }, (manager, verdict) =>
        this.#disableIfHopeless(manager, claimed, outcome, verdict),
      );
      return outcome;
    } finally {
      const left = (this.#inFlight.get(endpointId) ?? 1) - 1;
      if (left === 0) this.#inFlight.delete(endpointId);
      else this.#inFlight.set(endpointId, left);
    }
  }

  /** Null when the endpoint was switched off since the delivery was claimed: it stays pending. */
  async #send(endpointId: string, messageId: string, sentAt: Date): Promise<AttemptOutcome | null> {
    const [target] = await this.transactions.manager.query<Target[]>(
      `SELECT url, sealed_secret AS "sealedSecret",
         CASE WHEN previous_secret_expires_at > now() THEN previous_sealed_secret END AS "previousSealedSecret"
       FROM webhook_endpoint WHERE id = $1 AND status = 'enabled'`,
      [endpointId],
    );
    if (target === undefined) return null;
    const [message] = await this.transactions.manager.query<ToldMessage[]>(
      'SELECT id, type, source, epoch, sequence, time, data FROM public_message WHERE id = $1',
      [messageId],
    );
    if (message === undefined) return { result: 'dropped', code: 'message-expired', replyCode: null };
    const secrets = [target.sealedSecret, target.previousSealedSecret]
      .filter((sealed) => sealed !== null)
      .map((sealed) => openSecret(sealed, this.settings.secretKey, endpointId));
    const payload = JSON.stringify(bodyOf(message));
    const headers = { ...signedHeaders(secrets, messageId, sentAt, payload), ...this.#traceHeaders() };
    try {
      return outcomeOfStatus(await this.#client.post(target.url, headers, payload));
    } catch (error) {
      return outcomeOfError(error);
    }
  }

  /** Strangers learn nothing of our traces, unless whoever runs this wants the receivers to go on with them. */
  #traceHeaders(): Record<string, string> {
    const traceparent = this.settings.sendTraceparent ? currentContext()?.traceparent : undefined;
    return traceparent === undefined ? {} : { traceparent };
  }

  async #disableIfHopeless(
    manager: EntityManager,
    claimed: ClaimedDelivery,
    outcome: AttemptOutcome,
    verdict: Verdict,
  ): Promise<void> {
    const [meanwhile] = verdict.exhausted
      ? await manager.query<unknown[]>('SELECT 1 FROM delivery WHERE endpoint_id = $1 AND delivered_at > $2 LIMIT 1', [
          claimed.endpointId,
          claimed.scheduleStartedAt,
        ])
      : [];
    const reason = reasonToDisable(outcome.code, verdict.exhausted, meanwhile !== undefined);
    if (reason === null) return;
    await manager.query(
      `UPDATE webhook_endpoint SET status = 'disabled', disabled_reason = $2, disabled_at = now(),
         version = version + 1, updated_at = now()
       WHERE id = $1 AND status = 'enabled'`,
      [claimed.endpointId, reason],
    );
  }
}
