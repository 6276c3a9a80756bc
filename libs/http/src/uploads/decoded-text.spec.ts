import { encode } from 'iconv-lite';
import { decodedText, encodingOf } from './decoded-text';

/** @param size of the pieces in which the bytes arrive */
async function textOf(charset: string, bytes: Buffer, size = bytes.length): Promise<string> {
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
  }
  let text = '';
  for await (const piece of decodedText(pieces(), encodingOf(charset))) text += piece;
  return text;
}

// 똠 is in code page 949 alone, 𠀀 has four bytes in GB18030.
const written = 'a,"金民洙"\r\n똠방,김민수\n𠀀,毛泽东\n';
const sizes = [1, 2, 3, 5, 1_000];

describe('the text of an upload', () => {
  it.each(sizes)('is read in each charset, %i bytes at a time', async (size) => {
    expect(await textOf('UTF-8', Buffer.from(written), size)).toBe(written);
    const korean = 'a,"金民洙"\r\n똠방,김민수\n';
    expect(await textOf('euc-kr', encode(korean, 'cp949'), size)).toBe(korean);
    expect(await textOf('GB18030', encode(written, 'gb18030'), size)).toBe(written);
  });

  it.each(sizes)('loses its byte order mark, %i bytes at a time', async (size) => {
    expect(await textOf('utf-8', Buffer.from('\uFEFFa\n\uFEFFb'), size)).toBe('a\n\uFEFFb');
    expect(await textOf('gb18030', encode('\uFEFFa', 'gb18030'), size)).toBe('a');
  });

  it.each(sizes)('is refused with the line where bytes are none, %i bytes at a time', async (size) => {
    const bytes = (line: Buffer): Buffer => Buffer.concat([Buffer.from('a\nb\n'), line, Buffer.from('\nd\n\xff')]);
    const refused = { kind: 'unparsable', code: 'encoding-malformed', extra: { line: 3 } };
    await expect(textOf('utf-8', bytes(encode('김', 'cp949')), size)).rejects.toMatchObject(refused);
    await expect(textOf('euc-kr', bytes(Buffer.from([0xff, 0x41])), size)).rejects.toMatchObject(refused);
    await expect(textOf('gb18030', bytes(Buffer.from([0x81])), size)).rejects.toMatchObject(refused);
  });

  it('is refused where it has more lines than any list, blank or not', async () => {
    const lines = Buffer.alloc(5_000_000, '\n');
    expect((await textOf('utf-8', lines, 65_536)).length).toBe(lines.length);
    const refused = { kind: 'tooLarge', code: 'too-many-lines' };
    await expect(textOf('utf-8', Buffer.concat([lines, Buffer.from('\n')]), 65_536)).rejects.toMatchObject(refused);
  });

  it('is refused where it ends within a character', async () => {
    const cut = Buffer.from('a\n김').subarray(0, -1);
    await expect(textOf('utf-8', cut)).rejects.toMatchObject({ extra: { line: 2 } });
    await expect(textOf('euc-kr', encode('a\n김', 'cp949').subarray(0, -1))).rejects.toMatchObject({
      extra: { line: 2 },
    });
  });

  it('is not guessed at in a charset that is not known', () => {
    expect(() => encodingOf('constructor')).toThrow(expect.objectContaining({ code: 'charset-unsupported' }) as Error);
  });
});
