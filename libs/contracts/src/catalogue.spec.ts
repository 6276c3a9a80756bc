import { PersonName, plainSchema } from '@expo-accord/values';
import { contractOf, deadLetterTopicOf, messages, problemsOf, topics } from '.';

/** Fields under which a registrant's data would travel; `name` alone may be an organisation's, and is checked by shape. */
const registrantFields =
  /^(e-?mail|phone|mobile|passport|document|person|personName|fullName|givenName|familyName|birth.*)$/i;

/** Where a JSON schema has a field for a person's data, at any depth. */
function personalFieldsOf(schema: unknown, path = ''): string[] {
  if (Array.isArray(schema)) return schema.flatMap((item, index) => personalFieldsOf(item, `${path}/${index}`));
  if (typeof schema !== 'object' || schema === null) return [];
  if (JSON.stringify(schema) === JSON.stringify(PersonName)) return [path];
  return Object.entries(schema).flatMap(([key, value]) =>
    path.endsWith('/properties') && registrantFields.test(key)
      ? [`${path}/${key}`]
      : personalFieldsOf(value, `${path}/${key}`),
  );
}

describe('the catalogue of messages', () => {
  it.each(messages.map((message) => [message.type, message] as const))(
    '%s has an example that fits its schema',
    (_type, message) => {
      expect(problemsOf(message, message.example)).toEqual([]);
    },
  );

  it('names every type once, after its aggregate and in its topic', () => {
    const types = messages.map((message) => message.type);
    expect(new Set(types).size).toBe(types.length);
    for (const { type, topic } of messages) {
      expect(type).toMatch(/^expo-accord\.[a-z-]+\.[a-z-]+\.v1$/);
      expect(type.split('.')[1]).toBe(topic.name.split('.')[1]);
    }
  });

  it('has each topic once, none empty, each written by the service it is named after', () => {
    expect(new Set(topics.map((topic) => topic.name)).size).toBe(topics.length);
    expect(new Set(messages.map((message) => message.topic))).toEqual(new Set(topics));
    for (const topic of topics) expect(topic.name.split('.')[0]).toBe(topic.owner);
  });

  it('finds a contract by its type, and none for a type of another release', () => {
    expect(contractOf('expo-accord.agreement.signed.v1')?.topic.name).toBe('agreements.agreement');
    expect(contractOf('expo-accord.agreement.signed.v9')).toBeUndefined();
  });

  it("carries no registrant's data but in the contact topic, which is compacted and for mail alone", () => {
    const personal = messages.filter((message) => personalFieldsOf(plainSchema(message.schema)).length > 0);
    expect(personal.map((message) => message.type)).toEqual(['expo-accord.contact.recorded.v1']);
    expect(personal[0]?.topic).toMatchObject({
      visibility: 'restricted',
      readers: ['notifications'],
      cleanup: 'compact',
    });
    expect(personalFieldsOf(plainSchema(personal[0]!.schema))).toEqual(['/properties/name', '/properties/email']);
  });

  it('lets nothing internal onto a public topic', () => {
    for (const message of messages) {
      const data = { ...(message.example as Record<string, unknown>), visibility: 'internal' };
      const leaks = problemsOf(message, data).map(({ code }) => code);
      expect(leaks).toEqual(message.topic.visibility === 'public' ? ['internal-on-public-topic'] : []);
    }
  });

  it('tells what is wrong with data, and lets fields of a later version pass', () => {
    const contract = contractOf('expo-accord.registration.registered.v1')!;
    const example = contract.example as Record<string, unknown>;
    expect(problemsOf(contract, { ...example, addedLater: 1 })).toEqual([]);
    expect(problemsOf(contract, { ...example, status: 'gone', eventId: 7 })).toEqual([
      expect.objectContaining({ pointer: '/eventId', code: 'malformed' }),
      expect.objectContaining({ pointer: '/status', code: 'malformed' }),
    ]);
    expect(problemsOf(contract, null)).toEqual([expect.objectContaining({ pointer: '' })]);
  });

  it('gives every consumer a dead-letter topic, owned by its service', () => {
    expect(deadLetterTopicOf('events.statistics')).toMatchObject({
      name: 'dead-letters.events.statistics',
      owner: 'events',
      partitions: 1,
    });
    expect(() => deadLetterTopicOf('statistics')).toThrow(RangeError);
  });
});
