import { type Logger } from '@nestjs/common';
import { type EachBatchPayload } from 'kafkajs';

const COMMIT_WITHIN_MS = 1_000;

type Committing = Pick<EachBatchPayload, 'commitOffsetsIfNecessary' | 'uncommittedOffsets'>;

/**
 * Tells Kafka how far a group has read, for whoever watches groups there: where to read on, the database says. kafkajs would tell
 * it after each batch of each partition, which costs the broker more than to hand the batch out.
 */
export class OffsetCommits {
  #latest: Committing | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly logger: Logger) {}

  /** @param payload of any partition: it knows of all that the member reads */
  after(payload: Committing): void {
    this.#latest = payload;
    this.#timer ??= setTimeout(() => {
      void this.now();
    }, COMMIT_WITHIN_MS);
  }

  async now(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const latest = this.#latest;
    this.#latest = undefined;
    if (latest === undefined) return;
    await latest.commitOffsetsIfNecessary(latest.uncommittedOffsets()).catch((error: unknown) => {
      // The next says the same and more.
      this.logger.debug(error instanceof Error ? error.message : 'Offsets were not committed');
    });
  }
}
