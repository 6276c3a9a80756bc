import { IsEmail } from 'class-validator';
import { unstorableText } from './unstorable-text';
import { checkBody } from './validation';

class Guest {
  @IsEmail()
  email!: string;
}

describe('text that cannot be stored', () => {
  it.each([
    ['U+0000', { names: { en: 'a\0b' } }, ['/names/en']],
    [
      'half of a surrogate pair',
      { names: [{ text: 'a\ud800' }, { text: '\udc00b' }] },
      ['/names/0/text', '/names/1/text'],
    ],
    ['a name of a field', { answers: { 'a\0': 1, ok: 'x' } }, ['/answers']],
    ['a name that a pointer has to escape', { 'a/b~c': '\0' }, ['/a~1b~0c']],
    ['a bare string', '\0', ['']],
  ])('is found in %s', (_, value, pointers) => {
    expect(unstorableText(value).map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('is none of whole pairs, control characters, numbers and null', () => {
    expect(unstorableText({ a: '😀', b: '\u0001', c: 1, d: null, e: ['한', true] })).toEqual([]);
  });

  it('is not looked for without end', () => {
    const deep: unknown = JSON.parse('['.repeat(5_000) + ']'.repeat(5_000));
    expect(unstorableText({ answers: deep })).toEqual([expect.objectContaining({ code: 'too-deep' })]);
  });

  it('makes a line of an import invalid before anything else looks at it', () => {
    expect(checkBody(Guest, { email: 'minsu\ud800@example.org' }).errors).toEqual([
      expect.objectContaining({ pointer: '/email', code: 'text-unstorable' }),
    ]);
  });

  it('finds numbers that are too large to be one, which would be kept as null', () => {
    const value: unknown = JSON.parse('{"a": [1, 1e308, -1e400], "b": 1e400}');
    expect(unstorableText(value).map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/a/2', 'number-unstorable'],
      ['/b', 'number-unstorable'],
    ]);
  });
});
