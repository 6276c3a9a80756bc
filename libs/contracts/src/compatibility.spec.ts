import { Type, type TSchema } from '@sinclair/typebox';
import { plainSchema } from '@expo-accord/values';
import { incompatibilities } from '.';

const status = Type.Union([Type.Literal('open'), Type.Literal('closed')]);
const date = Type.Object({ edtf: Type.String(), dayPart: Type.Optional(Type.String()) });
const fields = {
  id: Type.String({ format: 'uuid' }),
  status,
  date: Type.Union([date, Type.Null()]),
  tags: Type.Array(Type.String()),
  texts: Type.Record(Type.String({ pattern: '^[a-z]+$' }), Type.String()),
  note: Type.Optional(Type.String({ maxLength: 10 })),
};
const { note: _note, ...withoutNote } = fields;

function between(next: Record<string, TSchema>): string[] {
  const problems = incompatibilities(plainSchema(Type.Object(fields)), plainSchema(Type.Object(next)));
  return problems.map(({ pointer, code }) => `${pointer} ${code}`);
}

describe('a new version of a released schema', () => {
  it.each<[string, Record<string, TSchema>]>([
    ['stays as it is', fields],
    ['gains an optional field', { ...fields, label: Type.Optional(Type.String()) }],
    [
      'gains one deep inside',
      {
        ...fields,
        date: Type.Union([Type.Object({ ...date.properties, because: Type.Optional(Type.String()) }), Type.Null()]),
      },
    ],
    ['words a description anew', { ...fields, id: Type.String({ format: 'uuid', description: 'ours' }) }],
    ['orders its alternatives anew', { ...fields, status: Type.Union([Type.Literal('closed'), Type.Literal('open')]) }],
  ])('may be one that %s', (_what, next) => {
    expect(between(next)).toEqual([]);
  });

  it.each<[string, Record<string, TSchema>, string[]]>([
    ['loses a field', withoutNote, ['/properties/note field-removed']],
    ['renames a field', { ...withoutNote, remark: Type.Optional(Type.String()) }, ['/properties/note field-removed']],
    ['changes a type', { ...fields, id: Type.Integer() }, ['/properties/id type-changed']],
    [
      'changes the type of items',
      { ...fields, tags: Type.Array(Type.Integer()) },
      ['/properties/tags/items type-changed'],
    ],
    [
      'requires a field that was optional',
      { ...fields, note: Type.String({ maxLength: 10 }) },
      ['/properties/note newly-required'],
    ],
    ['requires a new field', { ...fields, label: Type.String() }, ['/properties/label newly-required']],
    ['no longer requires one', { ...fields, status: Type.Optional(status) }, ['/properties/status no-longer-required']],
    [
      'narrows an enum',
      { ...fields, status: Type.Union([Type.Literal('open'), Type.Never()]) },
      ['/properties/status/anyOf/1 type-changed'],
    ],
    ['drops an alternative', { ...fields, date }, ['/properties/date type-changed']],
    [
      'adds a value that old readers do not know',
      { ...fields, status: Type.Union([...status.anyOf, Type.Literal('planned')]) },
      ['/properties/status/anyOf/2 alternative-added'],
    ],
    [
      'requires a field within an alternative',
      { ...fields, date: Type.Union([Type.Object({ ...date.properties, dayPart: Type.String() }), Type.Null()]) },
      ['/properties/date/anyOf/0/properties/dayPart newly-required'],
    ],
    [
      'tightens a bound',
      { ...fields, note: Type.Optional(Type.String({ maxLength: 5 })) },
      ['/properties/note/maxLength constraint-changed'],
    ],
    [
      'changes a format',
      { ...fields, id: Type.String({ format: 'uri' }) },
      ['/properties/id/format constraint-changed'],
    ],
    [
      'changes what the keys of a map may be',
      { ...fields, texts: Type.Record(Type.String({ pattern: '^[A-Z]+$' }), Type.String()) },
      ['/properties/texts/patternProperties/^[a-z]+$ field-removed'],
    ],
  ])('may not be one that %s', (_what, next, expected) => {
    expect(between(next)).toEqual(expected);
  });

  it('may not narrow a longer enum', () => {
    const enumOf = (...values: string[]) => plainSchema(Type.Union(values.map((value) => Type.Literal(value))));
    const problems = incompatibilities(enumOf('a', 'b', 'c'), enumOf('a', 'c'));
    expect(problems).toEqual([expect.objectContaining({ pointer: '/anyOf/1', code: 'alternative-removed' })]);
  });

  it('may not move to another topic', () => {
    const [problem] = incompatibilities({ type: 'object', 'x-topic': 'a' }, { type: 'object', 'x-topic': 'b' });
    expect(problem).toMatchObject({ pointer: '/x-topic', code: 'constraint-changed' });
  });
});
