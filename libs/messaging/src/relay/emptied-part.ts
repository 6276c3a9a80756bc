interface Mark {
  readonly id: bigint;
  /** Younger than every transaction that drew an id up to this one. */
  readonly transaction: bigint;
}

/**
 * How far from its beginning the outbox is empty for good. While somebody holds an old snapshot PostgreSQL keeps what was
 * deleted, and reading from the beginning would pass by all of it: seconds for each batch, after some minutes.
 *
 * A lower id may be committed later, so that everything up to an id was sent does not mean that nothing comes below it.
 * But whoever appends has a transaction number before it draws an id. So once every transaction older than one that began
 * after the id was seen has ended, whatever they left below the id can be read; and if a read after that finds nothing
 * there, nothing will ever be there.
 */
export class EmptiedPart {
  #through = 0n;
  #mark: Mark | undefined;
  /** The transactions that drew ids up to this one have all ended. */
  #settled: bigint | undefined;

  /** Read only above this id. */
  get through(): bigint {
    return this.#through;
  }

  /** Rows up to this id were removed in `transaction`; `oldest` is the oldest that was still going on. */
  removed(id: bigint, { transaction, oldest }: { transaction: bigint; oldest: bigint }): void {
    if (this.#mark !== undefined && oldest >= this.#mark.transaction) {
      this.#settled = this.#mark.id;
      this.#mark = undefined;
    }
    if (id > this.#through) {
      this.#mark ??= { id, transaction };
    }
  }

  /** A read, begun after `removed`, found this id as the lowest, or none at all. */
  read(lowest: bigint | undefined): void {
    if (this.#settled !== undefined && (lowest === undefined || lowest > this.#settled)) {
      this.#through = this.#settled;
      this.#settled = undefined;
    }
  }
}
