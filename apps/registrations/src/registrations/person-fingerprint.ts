import { createHmac } from 'node:crypto';
import { searchKeysOf } from '@expo-accord/values';
import { type Person } from './registration';

/**
 * Keyed hash by which a person is known within one event: by document, else by e-mail and name together, because an
 * assistant may register a whole delegation under one address. Null for who gives neither: namesakes are common.
 * It differs from event to event, so that it cannot be used to follow a person from one to another.
 */
export function fingerprintOf(key: string, eventId: string, person: Person): string | null {
  const identity = identityOf(person);
  if (identity === null) return null;
  return createHmac('sha256', key)
    .update(JSON.stringify([eventId, ...identity]))
    .digest('base64url');
}

function identityOf({ document, email, name }: Person): string[] | null {
  if (document !== null) {
    const number = document.number
      .normalize('NFKC')
      .toUpperCase()
      .replaceAll(/[^\p{L}\p{N}]/gu, '');
    return ['document', document.kind, document.economy ?? '', number];
  }
  if (email === null) return null;
  return ['mail', email.normalize('NFKC').trim().toLowerCase(), ...searchKeysOf(name).sort()];
}
