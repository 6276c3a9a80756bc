import { type ApiClient } from './api-client';
import { WebhookReceiver } from './webhook-receiver';

/** What the demo's receiver asked to be told. */
export const webhookTypes = [
  'expo-accord.agreement.agreed.v1',
  'expo-accord.agreement.signed.v1',
  'expo-accord.project.announced.v1',
  'expo-accord.project.signed.v1',
];

/** A downstream system for the length of the demo: it registers an endpoint, receives, and takes the endpoint away. */
export class Downstream {
  private constructor(
    private readonly api: ApiClient,
    private readonly endpointId: string,
    readonly receiver: WebhookReceiver,
  ) {}

  static async listen(api: ApiClient): Promise<Downstream> {
    const receiver = new WebhookReceiver();
    const url = await receiver.start();
    const endpoint = await api.post('/v1/webhook-endpoints', {
      url,
      description: 'Demo receiver',
      types: webhookTypes,
    });
    receiver.trust(String(endpoint.secret));
    return new Downstream(api, String(endpoint.id), receiver);
  }

  async stop(): Promise<void> {
    await this.api.post(`/v1/webhook-endpoints/${this.endpointId}/disable`).catch(() => undefined);
    await this.receiver.stop();
  }
}
