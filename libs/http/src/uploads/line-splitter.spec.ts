import { LineSplitter } from './line-splitter';

const linesOf = (...pieces: string[]) => {
  const splitter = new LineSplitter(65_536);
  return [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
};

describe('an upload in pieces', () => {
  it('comes out in the same lines wherever it is cut', () => {
    expect(linesOf('a\nbb\nccc\n')).toEqual(['a', 'bb', 'ccc']);
    expect(linesOf('a', '\nb', 'b\ncc', 'c')).toEqual(['a', 'bb', 'ccc']);
  });

  it('keeps empty lines, so that line numbers stay those of the file', () => {
    expect(linesOf('a\n\nb\r\n')).toEqual(['a', '', 'b']);
  });

  it('drops the text of a line that is too long, and goes on behind it', () => {
    expect(linesOf('x'.repeat(40_000), 'x'.repeat(40_000), 'x\nok\n')).toEqual([null, 'ok']);
  });
});
