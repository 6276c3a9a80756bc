import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contractOf, incompatibilities, jsonSchemaOf, messages, problemsOf } from '.';

const folder = join(__dirname, '..', 'released');
const released = readdirSync(folder).map((file) => {
  const schema = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { title: string; examples: unknown[] };
  return [file.replace(/\.json$/, ''), schema] as const;
});

describe('released schemas', () => {
  it('are there for every message type (release-schemas.ts writes them)', () => {
    expect(released.map(([type]) => type).sort()).toEqual(messages.map((message) => message.type).sort());
  });

  it.each(released)('%s is still what was promised', (type, schema) => {
    const contract = contractOf(type)!;
    expect(incompatibilities({ ...schema }, jsonSchemaOf(contract))).toEqual([]);
  });

  it.each(released)('%s: a message sent under the release is still taken', (type, schema) => {
    for (const example of schema.examples) expect(problemsOf(contractOf(type)!, example)).toEqual([]);
  });

  it('would catch a promise broken in a value type that messages only refer to', () => {
    const [, schema] = released.find(([type]) => type === 'expo-accord.figure.reported.v1')!;
    const next = JSON.parse(JSON.stringify(schema).replaceAll('"lower"', '"least"')) as Record<string, unknown>;
    expect(incompatibilities({ ...schema }, next).map(({ code }) => code)).toContain('field-removed');
  });
});
