import { type UploadedLine, uploadedLines } from './uploaded-lines';

async function* pieces(...texts: string[]): AsyncGenerator<string> {
  for (const text of texts) yield await Promise.resolve(text);
}

async function linesOf(format: 'ndjson' | 'csv', texts: string[], most?: number): Promise<UploadedLine[]> {
  const lines: UploadedLine[] = [];
  for await (const line of uploadedLines({ format, text: pieces(...texts) }, most)) lines.push(line);
  return lines;
}

describe('the lines of an import', () => {
  it('are those that say something, with their numbers in the file', async () => {
    const texts = ['\n{"a"', ':1}\r\n \t\n\r\n', `${'x'.repeat(70_000)}\n{}\n\n`];
    expect(await linesOf('ndjson', texts)).toEqual([
      { number: 2, line: '{"a":1}' },
      { number: 5, line: null },
      { number: 6, line: '{}' },
    ]);
    expect((await linesOf('csv', ['\ncategory\n\nbuyer\n\n'])).map(({ number }) => number)).toEqual([4]);
  });

  it('are refused as a whole where there are more than may be', async () => {
    const refused = { kind: 'tooLarge', code: 'too-many-lines' };
    expect(await linesOf('ndjson', ['1\n\n'.repeat(3)], 3)).toHaveLength(3);
    await expect(linesOf('ndjson', ['1\n'.repeat(4)], 3)).rejects.toMatchObject(refused);
    expect(await linesOf('csv', ['category\n', '1\n'.repeat(3)], 3)).toHaveLength(3);
    await expect(linesOf('csv', ['category\n', '1\n'.repeat(4)], 3)).rejects.toMatchObject(refused);
  });
});
