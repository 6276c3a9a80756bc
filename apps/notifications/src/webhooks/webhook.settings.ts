/** How webhooks are sent. */
export class WebhookSettings {
  constructor(
    /** 32 bytes; seals the endpoints' secrets. */
    readonly secretKey: Buffer,
    /** For development and closed networks: plain http and private addresses are accepted. */
    readonly allowPrivateAddresses: boolean,
    readonly timeoutMs: number,
    /** Whether receivers get the trace context. */
    readonly sendTraceparent: boolean,
  ) {}
}
