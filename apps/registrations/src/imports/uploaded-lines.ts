import { csvLines, LineSplitter, Problem, readFlag, readNumber, type UploadedBody } from '@expo-accord/http';
import { SignUpBody } from '../registrations/registration.dto';

const MOST_CHARACTERS = 65_536;
const MOST_LINES = 1_000_000;

/** In the place of a line whose person was erased before anybody had looked at it. */
export const ERASED_LINE = { erased: true } as const;

/** One sign-up of an upload, as JSON: null for one that is too long to be kept. */
export type Line = string | null | typeof ERASED_LINE;

export interface UploadedLine {
  /** Its number in the file, from 1; of a record of CSV, the number of its first line. */
  readonly number: number;
  readonly line: Exclude<Line, typeof ERASED_LINE>;
}

/**
 * The sign-ups in an upload, as they arrive.
 * @throws Problem 413 `too-many-lines`: a few kilobytes of gzip must not become results without end
 */
export async function* uploadedLines(
  { format, text }: Pick<UploadedBody, 'format' | 'text'>,
  most = MOST_LINES,
): AsyncGenerator<UploadedLine> {
  let count = 0;
  for await (const line of format === 'csv' ? fromCsv(text) : fromNdjson(text)) {
    count += 1;
    if (count > most) throw new Problem('tooLarge', 'too-many-lines', `An import has at most ${most} lines.`);
    yield line;
  }
}

/** As every reader of NDJSON, without the blank ones; they count in the numbers. */
async function* fromNdjson(text: AsyncIterable<string>): AsyncGenerator<UploadedLine> {
  const splitter = new LineSplitter(MOST_CHARACTERS);
  let number = 0;
  function* visible(lines: readonly (string | null)[]): Generator<UploadedLine> {
    for (const line of lines) {
      number += 1;
      if (line === null || line.trim() !== '') yield { number, line };
    }
  }
  for await (const piece of text) yield* visible(splitter.push(piece));
  yield* visible(splitter.end());
}

async function* fromCsv(text: AsyncIterable<string>): AsyncGenerator<UploadedLine> {
  const readers = { formVersion: readNumber, historical: readFlag };
  for await (const { line: number, text: line } of csvLines(text, SignUpBody, readers)) {
    yield { number, line: line.length > MOST_CHARACTERS ? null : line };
  }
}
