/** Cuts text that arrives in pieces into lines, and never keeps more than one line of it. */
export class LineSplitter {
  #rest = '';
  #overlong = false;

  constructor(private readonly mostCharacters: number) {}

  /** The lines that this piece completes; null for one that is too long to be kept. */
  push(piece: string): (string | null)[] {
    const parts = piece.split('\n');
    const last = parts.pop() ?? '';
    const lines = parts.map((part) => {
      this.#extend(part);
      return this.#take();
    });
    this.#extend(last);
    return lines;
  }

  /** The line that no newline ended, if there is one. */
  end(): (string | null)[] {
    return this.#rest === '' && !this.#overlong ? [] : [this.#take()];
  }

  #extend(part: string): void {
    if (this.#overlong) return;
    this.#rest += part;
    if (this.#rest.length > this.mostCharacters) {
      this.#overlong = true;
      this.#rest = '';
    }
  }

  #take(): string | null {
    // PostgreSQL keeps no U+0000; any other control character makes the line as malformed as this one did.
    const line = this.#overlong ? null : this.#rest.replace(/\r$/, '').replaceAll('\0', '\u0001');
    this.#rest = '';
    this.#overlong = false;
    return line;
  }
}
