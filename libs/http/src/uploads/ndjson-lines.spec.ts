import { type InputLine, ndjsonLines } from './ndjson-lines';

async function linesOf(...chunks: string[]): Promise<InputLine[]> {
  async function* body(): AsyncGenerator<string> {
    for (const chunk of chunks) yield await Promise.resolve(chunk);
  }
  const lines: InputLine[] = [];
  for await (const line of ndjsonLines(body())) lines.push(line);
  return lines;
}

describe('the lines of an upload', () => {
  it('are put together across chunks', async () => {
    expect(await linesOf('{"n":"盐', '城"}\n{"n":2}')).toEqual([
      { line: 1, text: '{"n":"盐城"}' },
      { line: 2, text: '{"n":2}' },
    ]);
  });

  it('keep their number where blank ones stand between them', async () => {
    expect(await linesOf('a\r\n\n  \nb\n')).toEqual([
      { line: 1, text: 'a' },
      { line: 4, text: 'b' },
    ]);
  });

  it('are refused when one is too long, before it is held', async () => {
    await expect(linesOf('ok\n', 'x'.repeat(300_000))).rejects.toMatchObject({ code: 'line-too-long' });
  });
});
