import { Problem } from '../problem';
import { LineSplitter } from './line-splitter';

export interface InputLine {
  /** Counted from 1, blank lines included. */
  line: number;
  text: string;
}

const MOST_CHARACTERS = 256 * 1024;

/** The lines of a body as it arrives, without the blank ones. Never holds more than one line. */
export async function* ndjsonLines(body: AsyncIterable<string>): AsyncGenerator<InputLine> {
  const splitter = new LineSplitter(MOST_CHARACTERS);
  let line = 0;
  function* visible(texts: (string | null)[]): Generator<InputLine> {
    for (const text of texts) {
      line += 1;
      if (text === null) {
        throw new Problem('tooLarge', 'line-too-long', `Line ${line} is longer than ${MOST_CHARACTERS} characters.`);
      }
      if (text.trim() !== '') yield { line, text: text.trim() };
    }
  }
  for await (const piece of body) yield* visible(splitter.push(piece));
  yield* visible(splitter.end());
}
