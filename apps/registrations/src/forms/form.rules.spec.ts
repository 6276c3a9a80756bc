import { answerCheck, formProblems } from './form.rules';

const form = (properties: object, rest: object = {}): object => ({ type: 'object', properties, ...rest });
const found = (schema: unknown): string[] => formProblems(schema).map(({ pointer, code }) => `${pointer} ${code}`);
const wrong = (schema: unknown, answers: unknown): string[] =>
  answerCheck(schema)(answers).map(({ pointer, code }) => `${pointer} ${code}`);

/** A form of twice as many parts at each name. */
const doubling = (levels: number): object => ({
  type: 'object',
  $defs: Object.fromEntries(
    Array.from({ length: levels }, (_, at) => {
      const next = at + 1 === levels ? {} : { $ref: `#/$defs/d${at + 1}` };
      return [`d${at}`, { allOf: [next, next] }];
    }),
  ),
  properties: { a: { $ref: '#/$defs/d0' } },
});

describe('a form', () => {
  it('may be what JSON Schema says of questions, also with parts of its own and what is only for people', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'https://example.org/form',
      title: 'Buyers',
      ...form(
        {
          diet: { title: 'Diet', 'x-titles': { ko: '식단' }, enum: ['fish', 'halal', 'none'] },
          arrival: { type: 'string', format: 'date' },
          plate: { type: 'string', pattern: '^\\p{Han}[A-Z0-9]{6}$' },
          contact: { $ref: '#/$defs/contact' },
          interests: { type: 'array', items: { type: 'string' }, uniqueItems: true, maxItems: 3 },
        },
        {
          $defs: { contact: form({ email: { type: 'string', format: 'email' } }, { required: ['email'] }) },
          required: ['diet'],
          additionalProperties: false,
          if: { properties: { diet: { const: 'halal' } }, required: ['diet'] },
          then: { required: ['arrival'] },
        },
      ),
    };
    expect(found(schema)).toEqual([]);
    const right = { diet: 'fish', plate: '吉A12345', contact: { email: 'a@example.org' }, interests: ['cars'] };
    expect(wrong(schema, right)).toEqual([]);
    expect(
      wrong(schema, { diet: 'halal', 'a/b': 1, plate: 'x', contact: {}, arrival: 'soon', interests: ['a', 'a'] }),
    ).toEqual(
      expect.arrayContaining([
        '/answers/a~1b unknown-field',
        '/answers/arrival format',
        '/answers/contact/email required',
        '/answers/interests unique-items',
        '/answers/plate pattern',
      ]),
    );
    expect(wrong(schema, { diet: 'halal' })).toEqual(['/answers/arrival required']);
    expect(wrong(schema, { diet: 'halal', constructor: 1 })).toContain('/answers/constructor unknown-field');
    expect(wrong({ type: 'object', required: ['constructor'] }, {})).toEqual(['/answers/constructor required']);
  });

  it.each<[string, unknown, string[]]>([
    ['no schema', 'form', [' is-object']],
    ['not about answers', { type: 'string' }, ['/type answers-are-an-object']],
    [
      'of another dialect',
      { $schema: 'http://json-schema.org/draft-07/schema#', type: 'object' },
      ['/$schema dialect-not-supported'],
    ],
    [
      'wrong in a keyword',
      form({ age: { type: 'int' }, name: { minLength: -1 } }),
      ['/properties/age/type enum', '/properties/name/minLength minimum'],
    ],
    [
      'of unknown keywords',
      form({ a: { kind: 'x', patternProperties: {} } }),
      ['/properties/a/kind keyword-not-supported', '/properties/a/patternProperties keyword-not-supported'],
    ],
    ['of an unknown format', form({ a: { format: 'iban' } }), ['/properties/a/format format-not-supported']],
    [
      'with somebody else in it',
      form({ a: { $ref: 'https://example.org/x' } }),
      ['/properties/a/$ref ref-not-supported'],
    ],
    ['with nothing behind a name', form({ a: { $ref: '#/$defs/x' } }), ['/properties/a/$ref ref-unknown']],
    [
      'in a circle',
      form({ a: { $ref: '#/$defs/x' } }, { $defs: { x: { items: { $ref: '#/$defs/x' } } } }),
      ['/$defs/x/items/$ref ref-circular'],
    ],
    [
      'with identities inside',
      form({ a: { $id: 'x', $defs: {} } }),
      ['/properties/a/$id only-at-the-top', '/properties/a/$defs only-at-the-top'],
    ],
    [
      'with a pattern that looks back',
      form({ a: { pattern: '(a)\\1' } }),
      ['/properties/a/pattern pattern-not-supported'],
    ],
    [
      'with a pattern that is a program',
      form({ a: { pattern: '.{900}' } }),
      ['/properties/a/pattern pattern-not-supported'],
    ],
    ['with half a condition', form({}, { then: {}, if: true }), []],
    ['with a condition for nothing', form({}, { if: {} }), [' schema-not-usable']],
    ['that is long', form({ a: { description: 'x'.repeat(70_000) } }), [' too-large']],
    ['that is large by reference', doubling(20), [' too-complex']],
    [
      'of many patterns',
      form(Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`a${at}`, { pattern: 'a' }]))),
      [' too-complex'],
    ],
    ['that is deep', Array.from({ length: 5_000 }).reduce((inner) => ({ not: inner }), {}), [' too-deep']],
  ])('%s is refused in the field that is wrong', (_, schema, problems) => {
    expect(found(schema)).toEqual(problems);
  });

  it('is of some size after references, and not yet too large', () => {
    expect(found(doubling(6))).toEqual([]);
  });
});

describe('answers', () => {
  it('tell no value when they are wrong, and are named one by one', () => {
    const schema = form({ a: { type: 'integer' }, b: { enum: ['x'] }, c: { const: 1 } });
    const problems = answerCheck(schema)({ a: 'letheanswer', b: 'letheanswer', c: 'letheanswer' });
    expect(problems.map(({ pointer }) => pointer)).toEqual(['/answers/a', '/answers/b', '/answers/c']);
    expect(JSON.stringify(problems)).not.toContain('letheanswer');
  });

  it('may be neither many nor long', () => {
    const schema = form({});
    expect(wrong(schema, { a: Array(1_000).fill(1) })).toEqual(['/answers too-large']);
    expect(wrong(schema, { a: 'x'.repeat(65_536) })).toEqual(['/answers too-large']);
  });

  it('are looked at in time that grows with them, whatever the pattern', () => {
    const evil = form({ a: { type: 'string', pattern: '^(a+)+$' } });
    expect(found(evil)).toEqual([]);
    expect(wrong(evil, { a: `${'a'.repeat(900)}!` })).toEqual(['/answers/a pattern']);
    expect(wrong(evil, { a: 'a'.repeat(900) })).toEqual([]);
    expect(wrong(evil, { a: 'a'.repeat(1_001) })).toEqual(['/answers/a pattern']);
  });

  it('are each checked by the pattern of their own question', () => {
    const schema = form({ a: { pattern: '^a$' }, b: { pattern: '^b$' } });
    expect(wrong(schema, { a: 'a', b: 'b' })).toEqual([]);
    expect(wrong(schema, { a: 'b', b: 'a' })).toEqual(['/answers/a pattern', '/answers/b pattern']);
  });
});
