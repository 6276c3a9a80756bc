import { Injectable } from '@nestjs/common';
import { newId, Transactions } from '@expo-accord/database';
import { actionNotAllowed, assertVersion, invalidField, notFound, type Page, paginate } from '@expo-accord/http';
import { type EntityManager } from 'typeorm';
import { problemOfUrl, type UrlProblem } from './address.rules';
import { newEndpointSecret, sealSecret } from './endpoint-secret.rules';
import {
  type ChangeWebhookEndpoint,
  type CreateWebhookEndpoint,
  type WebhookEndpointPageQuery,
} from './webhook-endpoint.dto';
import { WebhookEndpoint } from './webhook-endpoint.entity';
import { actionsOnEndpoint } from './webhook.rules';
import { WebhookSettings } from './webhook.settings';
import { WebhookWorker } from './webhook.worker';

export interface EndpointWithSecret {
  endpoint: WebhookEndpoint;
  secret: string;
}

const urlDetails: Record<UrlProblem, string> = {
  unparsable: 'This is not an http or https URL.',
  'https-required': 'The URL has to begin with https://.',
  'credentials-in-url': 'User and password do not belong in the URL; the signature proves who is calling.',
  'address-not-allowed': 'The URL points to an address that is not public.',
};

@Injectable()
export class WebhookEndpoints {
  constructor(
    private readonly transactions: Transactions,
    private readonly settings: WebhookSettings,
    private readonly worker: WebhookWorker,
  ) {}

  async create(tenantId: string, wanted: CreateWebhookEndpoint): Promise<EndpointWithSecret> {
    this.#assertUrl(wanted.url);
    const id = newId();
    const secret = newEndpointSecret();
    const endpoint = await this.transactions.run((manager) =>
      manager.save(WebhookEndpoint, {
        id,
        tenantId,
        url: wanted.url,
        types: wanted.types ?? null,
        description: wanted.description ?? null,
        status: 'enabled' as const,
        disabledReason: null,
        disabledAt: null,
        sealedSecret: sealSecret(secret, this.settings.secretKey, id),
        previousSealedSecret: null,
        previousSecretExpiresAt: null,
        externalRefs: wanted.externalRefs ?? [],
        version: 1,
        createdAt: new Date(),
        updatedAt: new Date(),
      }),
    );
    return { endpoint, secret };
  }

  async list(tenantId: string, query: WebhookEndpointPageQuery): Promise<Page<WebhookEndpoint>> {
    const endpoints = this.transactions.manager
      .createQueryBuilder(WebhookEndpoint, 'endpoint')
      .where(`endpoint.tenantId = :tenantId AND endpoint.status <> 'deleted'`, { tenantId });
    if (query.status !== undefined) endpoints.andWhere('endpoint.status = :status', { status: query.status });
    return paginate(endpoints, query);
  }

  async get(tenantId: string, id: string): Promise<WebhookEndpoint> {
    return this.#find(this.transactions.manager, tenantId, id, false);
  }

  async change(tenantId: string, id: string, version: number, patch: ChangeWebhookEndpoint): Promise<WebhookEndpoint> {
    if (patch.url !== undefined) this.#assertUrl(patch.url);
    return this.#update(tenantId, id, (endpoint) => {
      assertVersion(endpoint.version, version);
      endpoint.url = patch.url ?? endpoint.url;
      if (patch.types !== undefined) endpoint.types = patch.types;
      if (patch.description !== undefined) endpoint.description = patch.description;
      endpoint.externalRefs = patch.externalRefs ?? endpoint.externalRefs;
    });
  }

  /** What was pending when it was disabled goes out now; what was said since then does not. */
  async enable(tenantId: string, id: string): Promise<WebhookEndpoint> {
    const enabled = await this.#update(tenantId, id, (endpoint) => {
      assertAllowed('enable', endpoint);
      Object.assign(endpoint, { status: 'enabled', disabledReason: null, disabledAt: null });
    });
    this.transactions.afterCommit(() => {
      this.worker.wake();
    });
    return enabled;
  }

  async disable(tenantId: string, id: string): Promise<WebhookEndpoint> {
    return this.#update(tenantId, id, (endpoint) => {
      assertAllowed('disable', endpoint);
      Object.assign(endpoint, { status: 'disabled', disabledReason: 'requested', disabledAt: new Date() });
    });
  }

  async rotateSecret(tenantId: string, id: string, overlapHours: number): Promise<EndpointWithSecret> {
    const secret = newEndpointSecret();
    const endpoint = await this.#update(tenantId, id, (found) => {
      assertAllowed('rotate-secret', found);
      found.previousSealedSecret = overlapHours === 0 ? null : found.sealedSecret;
      found.previousSecretExpiresAt = overlapHours === 0 ? null : new Date(Date.now() + overlapHours * 3_600_000);
      found.sealedSecret = sealSecret(secret, this.settings.secretKey, id);
    });
    return { endpoint, secret };
  }

  /** The log of what was delivered stays; what was still to be delivered is dropped, and the secrets are gone. */
  async remove(tenantId: string, id: string, version: number): Promise<void> {
    await this.transactions.run(async (manager) => {
      // Deliveries before their endpoint, as when an attempt is recorded: so that the two never wait for each other.
      await manager.query(
        `UPDATE delivery SET status = 'dropped', last_code = 'endpoint-deleted', next_attempt_at = NULL,
           lease_token = NULL, leased_until = NULL, updated_at = now()
         WHERE endpoint_id = $1 AND tenant_id = $2 AND status = 'pending'`,
        [id, tenantId],
      );
      await this.#update(tenantId, id, (endpoint) => {
        assertVersion(endpoint.version, version);
        Object.assign(endpoint, { status: 'deleted', sealedSecret: '', previousSealedSecret: null });
      });
    });
  }

  async #update(tenantId: string, id: string, change: (endpoint: WebhookEndpoint) => void): Promise<WebhookEndpoint> {
    return this.transactions.run(async (manager) => {
      const endpoint = await this.#find(manager, tenantId, id, true);
      change(endpoint);
      endpoint.version += 1;
      endpoint.updatedAt = new Date();
      return manager.save(WebhookEndpoint, endpoint);
    });
  }

  async #find(manager: EntityManager, tenantId: string, id: string, lock: boolean): Promise<WebhookEndpoint> {
    const endpoint = await manager.findOne(WebhookEndpoint, {
      where: { id, tenantId },
      ...(lock ? { lock: { mode: 'pessimistic_write' as const } } : {}),
    });
    if (endpoint === null || endpoint.status === 'deleted') throw notFound('webhook endpoint', id);
    return endpoint;
  }

  #assertUrl(url: string): void {
    const problem = problemOfUrl(url, this.settings.allowPrivateAddresses);
    if (problem !== null) throw invalidField('/url', problem, urlDetails[problem]);
  }
}

function assertAllowed(action: string, { status }: WebhookEndpoint): void {
  const actions = actionsOnEndpoint(status);
  if (!actions.includes(action)) throw actionNotAllowed(action, status, actions);
}
