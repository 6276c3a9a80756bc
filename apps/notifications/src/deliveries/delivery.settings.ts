/** How deliveries are attempted, the same for every channel. */
export class DeliverySettings {
  constructor(
    /** Factor on the whole retry schedule; 1 is the published one. */
    readonly retryScale: number,
    /** A claimed delivery is attempted by somebody else after this time: longer than any attempt may take. */
    readonly leaseMs: number,
    /** Longest pause between two looks for work. */
    readonly idlePollMs: number,
    /** Base of the links in messages. */
    readonly publicUrl: string,
  ) {}
}
