import { createHmac } from 'node:crypto';
import { searchKeysOf } from '@expo-accord/values';
import { type Person } from './registration';

/** By what an event tells that two sign-ups are of one person; what is first is the usual. */
export const personIdentities = ['documentElseEmailAndName', 'document', 'emailAndName', 'none'] as const;

export type PersonIdentity = (typeof personIdentities)[number];

type Kind = 'document' | 'mail';

const kinds: Record<PersonIdentity, readonly Kind[]> = {
  documentElseEmailAndName: ['document', 'mail'],
  document: ['document'],
  emailAndName: ['mail'],
  none: [],
};

/** What tells a person from others, with what is to be hashed of it. */
type Identity = readonly [kind: Kind, ...texts: string[]];

/**
 * Keyed hashes by which a person may be known within one event: of the document, and of e-mail and name together, because an
 * assistant may register a whole delegation under one address. None for who gives neither: namesakes are common.
 * They differ from event to event, so that they cannot be used to follow a person from one to another.
 */
export class Fingerprints {
  private readonly hashes: ReadonlyMap<Kind, string>;

  constructor(key: string, eventId: string, person: Person) {
    this.hashes = new Map(identitiesOf(person).map((identity) => [identity[0], hashed(key, eventId, identity)]));
  }

  /** The one by which an event knows the person; null where it does not. */
  by(identity: PersonIdentity): string | null {
    const kind = kinds[identity].find((each) => this.hashes.has(each));
    return (kind && this.hashes.get(kind)) ?? null;
  }

  /** Whoever gives a document today may have given none before. */
  all(): string[] {
    return [...this.hashes.values()];
  }
}

/** The surest first. */
export function identitiesOf({ document, email, name }: Omit<Person, 'phone'>): Identity[] {
  const identities: Identity[] = [];
  if (document !== null) {
    identities.push(['document', document.kind, document.economy ?? '', documentNumber(document.number)]);
  }
  if (email !== null) {
    identities.push(['mail', email.normalize('NFKC').trim().toLowerCase(), ...searchKeysOf(name).sort()]);
  }
  return identities;
}

/** Whether it is another person by what is usual, whatever an event goes by. */
export function isSomebodyElse(one: Person, other: Person): boolean {
  const told = (person: Person): string => JSON.stringify(identitiesOf(person)[0] ?? null);
  return told(one) !== told(other);
}

function documentNumber(number: string): string {
  return number
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function hashed(key: string, eventId: string, identity: Identity): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([eventId, ...identity]))
    .digest('base64url');
}
