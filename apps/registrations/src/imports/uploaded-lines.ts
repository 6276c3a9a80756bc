import { csvLines, LineSplitter, readFlag, readNumber, type UploadedBody } from '@expo-accord/http';
import { SignUpBody } from '../registrations/registration.dto';

const MOST_CHARACTERS = 65_536;

/** In the place of a line whose person was erased before anybody had looked at it. */
export const ERASED_LINE = { erased: true } as const;

/** One sign-up of an upload, as JSON: null for one that is too long to be kept. */
export type Line = string | null | typeof ERASED_LINE;

export interface UploadedLine {
  /** Its number in the file, from 1; of a record of CSV, the number of its first line. */
  readonly number: number;
  readonly line: Exclude<Line, typeof ERASED_LINE>;
}

/** The sign-ups in an upload, as they arrive. */
export function uploadedLines({ format, text }: UploadedBody): AsyncGenerator<UploadedLine> {
  return format === 'csv' ? fromCsv(text) : fromNdjson(text);
}

async function* fromNdjson(text: AsyncIterable<string>): AsyncGenerator<UploadedLine> {
  const splitter = new LineSplitter(MOST_CHARACTERS);
  let number = 0;
  for await (const piece of text) {
    for (const line of splitter.push(piece)) yield { number: (number += 1), line };
  }
  for (const line of splitter.end()) yield { number: (number += 1), line };
}

async function* fromCsv(text: AsyncIterable<string>): AsyncGenerator<UploadedLine> {
  const readers = { formVersion: readNumber, historical: readFlag };
  for await (const { line: number, text: line } of csvLines(text, SignUpBody, readers)) {
    yield { number, line: line.length > MOST_CHARACTERS ? null : line };
  }
}
