import { pipeline } from 'node:stream';
import { CsvError, type Info, parse } from 'csv-parse';
import { Problem } from '../problem';

export interface CsvRecord {
  /** Where the record begins, counted from 1 in lines of the file: a quoted cell may have several. */
  readonly line: number;
  readonly cells: readonly string[];
}

const MOST_BYTES = 256 * 1024;
const NEWLINE = '\n';

/**
 * The records of a CSV file (RFC 4180, also with bare newlines) as it arrives, without the empty ones.
 * @throws Problem 400 `csv-malformed` with `line`
 */
export async function* csvRecords(text: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  const lines = new LineCount();
  // Ahead of the records that were read: when parsing fails, those in between are lost.
  let parsedBytes = 0;
  const parser = parse({
    info: true,
    on_record: (record: string[], { bytes }) => {
      parsedBytes = bytes;
      return record;
    },
    record_delimiter: ['\r\n', NEWLINE],
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    max_record_size: MOST_BYTES,
  });
  pipeline(lines.counted(text), parser, () => undefined);
  try {
    for await (const { record: cells, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      const lastLine = lines.endingBefore(info.bytes) + 1;
      yield { line: lastLine - cells.reduce((sum, cell) => sum + cell.split(NEWLINE).length - 1, 0), cells };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw malformed(lines.endingBefore(parsedBytes + 1) + 1, error);
  }
}

/** The parser counts the two characters of a line end within quotes as two lines; its count of bytes is right. */
class LineCount {
  readonly #ends: number[] = [];
  #bytes = 0;
  #ended = 0;

  async *counted(text: AsyncIterable<string>): AsyncGenerator<Buffer> {
    for await (const piece of text) {
      const bytes = Buffer.from(piece);
      for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) {
        this.#ends.push(this.#bytes + at + 1);
      }
      this.#bytes += bytes.length;
      yield bytes;
    }
  }

  /** How many lines end before this many bytes do; to be asked in order. */
  endingBefore(bytes: number): number {
    const isBehind = this.#ends.findIndex((end) => end >= bytes);
    this.#ended += this.#ends.splice(0, isBehind < 0 ? this.#ends.length : isBehind).length;
    return this.#ended;
  }
}

function malformed(line: number, { code }: CsvError): Problem {
  const why: Readonly<Record<string, string>> = {
    CSV_QUOTE_NOT_CLOSED: 'has a quote that is not closed',
    CSV_MAX_RECORD_SIZE: `is longer than ${MOST_BYTES} bytes; is a quote not closed`,
  };
  const detail = `The record from line ${line} on ${why[code] ?? 'has a quote where none belongs'}.`;
  return new Problem('unparsable', 'csv-malformed', detail, { extra: { line } });
}
