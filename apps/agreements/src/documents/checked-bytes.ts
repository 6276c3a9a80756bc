import { createHash } from 'node:crypto';
import { invalid, invalidField, Problem } from '@expo-accord/http';
import { type DocumentType, foundType, TELLING_BYTES } from './media-types';

/** What was said of a document before it came. */
export interface Announced {
  mediaType: DocumentType;
  /** Lower-case hex. */
  sha256: string;
}

/**
 * The bytes of a document, checked while they pass: what they are before the first goes on, how many with each, and what
 * they add up to before the end. Whoever keeps them must keep nothing where this throws.
 */
export class CheckedBytes {
  /** Known when all have passed. */
  size = 0;

  constructor(
    private readonly announced: Announced,
    private readonly maxBytes: number,
  ) {}

  async *of(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
    const hash = createHash('sha256');
    let held: Buffer[] | undefined = [];
    for await (const piece of bytes) {
      this.size += piece.length;
      if (this.size > this.maxBytes) throw documentTooLarge(this.maxBytes);
      hash.update(piece);
      held?.push(piece);
      if (held === undefined) yield piece;
      else if (this.size >= TELLING_BYTES) {
        yield await this.recognised(held);
        held = undefined;
      }
    }
    if (this.size === 0) throw invalid([], 'document-empty', 'The document is empty.');
    if (held !== undefined) yield await this.recognised(held);
    const found = hash.digest('hex');
    if (found !== this.announced.sha256) {
      throw digestDiffers(`What came has the SHA-256 ${found}, but ${this.announced.sha256} was announced.`);
    }
  }

  private async recognised(held: readonly Buffer[]): Promise<Buffer> {
    const beginning = Buffer.concat(held);
    const { mediaType } = this.announced;
    const found = await foundType(beginning);
    if (found === mediaType) return beginning;
    const code = 'media-type-differs';
    const detail = `The document was announced as ${mediaType}, but its content is ${found ?? 'of no type known here'}.`;
    throw new Problem('unsupportedMediaType', code, detail, { extra: { announced: mediaType, found: found ?? null } });
  }
}

export function documentTooLarge(maxBytes: number): Problem {
  return new Problem('tooLarge', 'document-too-large', `A document may have ${maxBytes} bytes.`, {
    extra: { maxBytes },
  });
}

export function digestDiffers(detail: string): Problem {
  return invalidField('/sha256', 'digest-differs', detail);
}
