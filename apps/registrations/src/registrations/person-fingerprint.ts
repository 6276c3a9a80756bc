import { createHmac } from 'node:crypto';
import { searchKeysOf } from '@expo-accord/values';
import { type Person } from './registration';

/**
 * Keyed hash by which a person is known within one event: by document, else by e-mail and name together, because an
 * assistant may register a whole delegation under one address. Null for who gives neither: namesakes are common.
 * It differs from event to event, so that it cannot be used to follow a person from one to another.
 */
export function fingerprintOf(key: string, eventId: string, person: Person): string | null {
  const [identity] = identitiesOf(person);
  return identity === undefined ? null : hashed(key, eventId, identity);
}

/** The hash of each of the two: whoever gives a document today may have given none before. */
export function fingerprintsOf(key: string, eventId: string, person: Person): string[] {
  return identitiesOf(person).map((identity) => hashed(key, eventId, identity));
}

/** What tells a person from others, each as a list of texts; the surest first. */
export function identitiesOf({ document, email, name }: Omit<Person, 'phone'>): string[][] {
  const identities: string[][] = [];
  if (document !== null) {
    identities.push(['document', document.kind, document.economy ?? '', documentNumber(document.number)]);
  }
  if (email !== null) {
    identities.push(['mail', email.normalize('NFKC').trim().toLowerCase(), ...searchKeysOf(name).sort()]);
  }
  return identities;
}

function documentNumber(number: string): string {
  return number
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function hashed(key: string, eventId: string, identity: readonly string[]): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([eventId, ...identity]))
    .digest('base64url');
}
