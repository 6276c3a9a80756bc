import { Problem } from './problem';

export interface InputLine {
  /** Counted from 1, blank lines included. */
  line: number;
  text: string;
}

const maxLineBytes = 256 * 1024;
const NEWLINE = 0x0a;

/** The lines of a body as it arrives, without the blank ones. Never holds more than one line. */
export async function* ndjsonLines(body: AsyncIterable<Buffer | string>): AsyncGenerator<InputLine> {
  let rest = Buffer.alloc(0);
  let line = 0;
  for await (const chunk of body) {
    let bytes = Buffer.concat([rest, Buffer.from(chunk)]);
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE)) {
      line += 1;
      yield* visible(line, bytes.subarray(0, end));
      bytes = bytes.subarray(end + 1);
    }
    assertLength(line + 1, bytes);
    rest = Buffer.from(bytes);
  }
  yield* visible(line + 1, rest);
}

function* visible(line: number, bytes: Buffer): Generator<InputLine> {
  assertLength(line, bytes);
  // A NUL is no JSON anyway, and PostgreSQL's text cannot keep it.
  const text = bytes.toString('utf8').replaceAll('\0', '\uFFFD').trim();
  if (text !== '') yield { line, text };
}

function assertLength(line: number, bytes: Buffer): void {
  if (bytes.length > maxLineBytes) {
    throw new Problem('tooLarge', 'line-too-long', `Line ${line} is longer than ${maxLineBytes} bytes.`);
  }
}
