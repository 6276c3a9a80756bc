import { getDecoder } from 'iconv-lite';
import { Problem } from '../problem';

type Encoding = 'utf-8' | 'gb18030' | 'cp949';

/** Names as IANA and Windows have them. What Excel calls EUC-KR has more syllables than EUC-KR: it is code page 949. */
const encodings: Readonly<Record<string, Encoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  gb18030: 'gb18030',
  gbk: 'gb18030',
  gb2312: 'gb18030',
  'euc-kr': 'cp949',
  'ks_c_5601-1987': 'cp949',
  'windows-949': 'cp949',
  cp949: 'cp949',
};

/** @throws Problem 415 `charset-unsupported` */
export function encodingOf(charset: string): Encoding {
  const encoding = Object.hasOwn(encodings, charset.toLowerCase()) ? encodings[charset.toLowerCase()] : undefined;
  if (encoding === undefined) {
    const detail = 'The charset is none of utf-8, gb18030 and euc-kr.';
    throw new Problem('unsupportedMediaType', 'charset-unsupported', detail);
  }
  return encoding;
}

const NEWLINE = 0x0a;
/** A million records of a few lines each. More is no list, and few bytes of gzip make any number of blank lines. */
const MOST_LINES = 5_000_000;
const BYTE_ORDER_MARK = /^\uFEFF/;
const REPLACEMENT = '\uFFFD';

interface Decoder {
  /** @throws whatever, where the bytes are malformed */
  write: (bytes: Buffer) => string;
  end: () => string;
}

/**
 * Text without its byte order mark. Bytes that are no text are refused with their line: whoever decodes them all the same
 * spoils somebody's name.
 * @throws Problem 400 `encoding-malformed` with `line`; 413 `too-many-lines`
 */
export async function* decodedText(body: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = decoderOf(encoding);
  let isBegun = false;
  let line = 1;
  const orFail = (decode: () => string, badLine: () => number): string => {
    try {
      return decode();
    } catch {
      throw malformed(badLine(), encoding);
    }
  };
  for await (const bytes of body) {
    // No newline is part of a longer sequence in any of these encodings: behind it a decoder has nothing to remember.
    const end = bytes.indexOf(NEWLINE) + 1 || bytes.length;
    const rest = bytes.subarray(end);
    const begin = orFail(
      () => decoder.write(bytes.subarray(0, end)),
      () => line,
    );
    const text =
      begin +
      orFail(
        () => decoder.write(rest),
        () => line + 1 + linesBeforeMalformed(rest, encoding),
      );
    yield isBegun ? text : text.replace(BYTE_ORDER_MARK, '');
    isBegun ||= text !== '';
    line += newlinesIn(bytes);
    if (line > MOST_LINES + 1) throw tooManyLines();
  }
  yield orFail(
    () => decoder.end(),
    () => line,
  );
}

/** Of the platform, but for code page 949: its `euc-kr` lacks the syllables that are in that alone. */
function decoderOf(encoding: Encoding): Decoder {
  if (encoding !== 'cp949') {
    const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
    return { write: (bytes) => decoder.decode(bytes, { stream: true }), end: () => decoder.decode() };
  }
  const decoder = getDecoder(encoding);
  return { write: (bytes) => strict(decoder.write(bytes)), end: () => strict(decoder.end() ?? '') };
}

/** iconv-lite puts this character where it finds no other; the code page has none of it. */
function strict(text: string): string {
  if (text.includes(REPLACEMENT)) throw new TypeError('malformed');
  return text;
}

/** @param bytes from the beginning of a line */
function linesBeforeMalformed(bytes: Buffer, encoding: Encoding): number {
  let start = 0;
  for (let lines = 0; ; lines += 1) {
    const end = bytes.indexOf(NEWLINE, start) + 1;
    if (end === 0) return lines;
    try {
      decoderOf(encoding).write(bytes.subarray(start, end));
    } catch {
      return lines;
    }
    start = end;
  }
}

function newlinesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}

function tooManyLines(): Problem {
  return new Problem('tooLarge', 'too-many-lines', `An upload has at most ${MOST_LINES} lines, blank ones included.`);
}

function malformed(line: number, encoding: Encoding): Problem {
  const named = { 'utf-8': 'UTF-8', gb18030: 'GB18030', cp949: 'EUC-KR' }[encoding];
  const detail = `Line ${line} is not ${named}; another charset is said in Content-Type, as in: text/csv; charset=euc-kr.`;
  return new Problem('unparsable', 'encoding-malformed', detail, { extra: { line } });
}
