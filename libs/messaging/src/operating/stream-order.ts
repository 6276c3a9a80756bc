import { type Place } from '../consuming/reading';

/** What is wrong with one aggregate's stream. */
export interface StreamFinding {
  readonly kind: 'gap' | 'order' | 'partitions';
  readonly detail: string;
}

/** What the topic may have lost without anything being wrong. */
export interface StreamExpectation {
  /** Of a topic that forgets with time, the oldest. */
  readonly mayBeginAnywhere: boolean;
  /** Of a compacted one, all but the latest. */
  readonly mayHaveGaps: boolean;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Follows the numbers of one aggregate's messages as they lie on the topic. A repetition is no finding: a relay that did
 * not hear the broker's answer sends again. A number that comes for the first time after a higher one is.
 */
export class StreamOrder {
  readonly #findings: StreamFinding[] = [];
  #missing: Range[] = [];
  #last: Place | undefined;
  #partition: number | undefined;

  constructor(private readonly expected: StreamExpectation) {}

  /** The highest place so far; undefined if there was nothing. */
  get last(): Place | undefined {
    return this.#last;
  }

  /** Answers false for a message whose order cannot be told, because it lies in another partition than the first. */
  takeFromTopic(place: Place, partition: number): boolean {
    this.#partition ??= partition;
    if (this.#partition !== partition) {
      const detail = `lies in partitions ${this.#partition} and ${partition}`;
      if (!this.#findings.some((finding) => finding.detail === detail))
        this.#findings.push({ kind: 'partitions', detail });
      return false;
    }
    this.take(place);
    return true;
  }

  take(place: Place): void {
    const last = this.#last;
    if (last === undefined) {
      this.#last = place;
      if (!this.expected.mayBeginAnywhere) this.#skip(1, place.sequence - 1);
    } else if (place.epoch > last.epoch) {
      this.#last = place;
      this.#closeGaps();
      // After a restored backup numbers go on from what the backup knew: they may repeat, but not jump.
      this.#skip(last.sequence + 1, place.sequence - 1);
    } else if (place.epoch === last.epoch && place.sequence > last.sequence) {
      this.#last = place;
      this.#skip(last.sequence + 1, place.sequence - 1);
    } else if (place.epoch === last.epoch && this.#fills(place.sequence)) {
      this.#findings.push({ kind: 'order', detail: `${place.sequence} came after ${last.sequence}` });
    }
  }

  /** All findings, once everything was taken that there is; `counter` numbers were given out. */
  finish(counter: number): StreamFinding[] {
    const last = this.#last?.sequence ?? 0;
    const mayBeForgotten = this.#last === undefined && (this.expected.mayBeginAnywhere || this.expected.mayHaveGaps);
    if (counter > last && !mayBeForgotten) this.#missing.push({ from: last + 1, to: counter });
    this.#closeGaps();
    return this.#findings;
  }

  #skip(from: number, to: number): void {
    if (from <= to && !this.expected.mayHaveGaps) this.#missing.push({ from, to });
  }

  #fills(number: number): boolean {
    const gap = this.#missing.find(({ from, to }) => from <= number && number <= to);
    if (gap === undefined) return false;
    const rest = [
      { from: gap.from, to: number - 1 },
      { from: number + 1, to: gap.to },
    ].filter(({ from, to }) => from <= to);
    this.#missing = [...this.#missing.filter((range) => range !== gap), ...rest];
    return true;
  }

  #closeGaps(): void {
    for (const { from, to } of this.#missing) {
      this.#findings.push({ kind: 'gap', detail: from === to ? `${from} is missing` : `${from} to ${to} are missing` });
    }
    this.#missing = [];
  }
}
