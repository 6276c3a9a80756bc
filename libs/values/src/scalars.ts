import { Type, type Static } from '@sinclair/typebox';

/** RFC 9562 UUID in lower case; ids of our own are version 7. */
export const Uuid = Type.String({ format: 'uuid', description: 'a UUID in lower case' });
export type Uuid = Static<typeof Uuid>;

/** An instant as RFC 3339 with offset; we write UTC (`Z`). */
export const Instant = Type.String({ format: 'date-time', description: 'an RFC 3339 instant' });
export type Instant = Static<typeof Instant>;

/** A code of an open list (roles, kinds, metrics...): lowerCamelCase; readers accept codes they do not know. */
export const Code = Type.String({
  pattern: '^[a-z][A-Za-z0-9]*$',
  maxLength: 64,
  description: 'a lowerCamelCase code',
});
export type Code = Static<typeof Code>;

/** A BCP 47 language tag such as `zh`, `zh-Hant-HK`, `ko`. */
export const LanguageTag = Type.String({
  pattern: '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$',
  maxLength: 35,
  description: 'a BCP 47 language tag',
});
export type LanguageTag = Static<typeof LanguageTag>;

/** Text per language tag. */
export const TextByTag = Type.Record(LanguageTag, Type.String({ minLength: 1, maxLength: 100_000 }), {
  minProperties: 1,
  additionalProperties: false,
  description: 'a map of BCP 47 language tags to texts',
});
export type TextByTag = Static<typeof TextByTag>;
