import { Type, type Static } from '@sinclair/typebox';
import { ExternalRef, Instant, nullable, PartialDate } from '@expo-accord/values';

/** The fields that every message's data has. */
export const base = {
  /** When it happened in the world; null where nobody knows. Not when we heard of it. */
  occurredOn: nullable(PartialDate),
  /** When the owner wrote it down. */
  recordedAt: Instant,
  /** Entered after the fact: no one is notified of it. */
  historical: Type.Boolean({ description: 'entered after the fact; nobody is notified' }),
  /** Part of a simulation, not of the world. */
  synthetic: Type.Boolean({ description: 'part of a simulation' }),
  /** Whom the content concerns; nothing `internal` leaves by webhook, stream or public topic. */
  visibility: Type.Union([Type.Literal('public'), Type.Literal('parties'), Type.Literal('internal')]),
  /** Where the resource can be read: an absolute URL of the public API. */
  url: Type.String({ minLength: 1 }),
  externalRefs: Type.Array(ExternalRef),
};

/** The fields with which a message says which version of the resource it tells of, and what of it is new. */
export const changes = {
  version: Type.Optional(Type.Integer({ minimum: 1, description: 'counts changes of the resource, as its ETag does' })),
  changed: Type.Optional(
    Type.Array(Type.String({ pattern: '^(/.*)?$' }), {
      description: 'JSON Pointers into the resource as the API answers it: what differs from before; none if it is new',
    }),
  ),
};

export const BaseData = Type.Object(base);
export type BaseData = Static<typeof BaseData>;

/** For the contracts' examples. */
export function exampleBase(path: string): BaseData {
  return {
    occurredOn: { edtf: '2024-10-17' },
    recordedAt: '2024-10-17T02:00:00.000Z',
    historical: false,
    synthetic: false,
    visibility: 'public',
    url: `https://api.example.org/v1/${path}`,
    externalRefs: [],
  };
}
