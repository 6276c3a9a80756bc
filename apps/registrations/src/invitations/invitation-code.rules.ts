import { createHash, randomBytes } from 'node:crypto';

/** Crockford's: no letter that could be taken for a digit or another letter. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CHARACTERS = 16;
const IN_A_GROUP = 4;

/** 80 random bits, so that nobody guesses one: `7K3M-9QZD-0V4T-HRXA`. */
export function newInvitationCode(): string {
  const characters = [...randomBytes(CHARACTERS)].map((byte) => alphabet[byte % alphabet.length]);
  const groups = Array.from({ length: CHARACTERS / IN_A_GROUP }, (_, at) =>
    characters.slice(at * IN_A_GROUP, (at + 1) * IN_A_GROUP).join(''),
  );
  return groups.join('-');
}

/** By which a code is found again, however somebody typed it. It needs no salt: a code is as random as a key. */
export function hashOfCode(code: string): string {
  const typed = code
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  return createHash('sha256').update(typed).digest('base64url');
}
