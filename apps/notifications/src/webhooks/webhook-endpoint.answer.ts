import { type WebhookEndpointAnswer } from './webhook-endpoint.dto';
import { type WebhookEndpoint } from './webhook-endpoint.entity';
import { actionsOnEndpoint } from './webhook.rules';

export function answerOf(endpoint: WebhookEndpoint, now: Date): WebhookEndpointAnswer {
  const { id, url, types, description, status, disabledReason, externalRefs, version } = endpoint;
  const expires = endpoint.previousSecretExpiresAt;
  return {
    id,
    url,
    types,
    description,
    status,
    disabledReason,
    disabledAt: endpoint.disabledAt?.toISOString() ?? null,
    previousSecretExpiresAt: expires !== null && expires > now ? expires.toISOString() : null,
    actions: actionsOnEndpoint(status),
    externalRefs,
    version,
    createdAt: endpoint.createdAt.toISOString(),
    updatedAt: endpoint.updatedAt.toISOString(),
  };
}
