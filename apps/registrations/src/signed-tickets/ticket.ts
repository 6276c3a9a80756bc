/** What a ticket says: nothing about the person. */
export interface Ticket {
  readonly registrationId: string;
  /** Which of the registration's tickets it is, from 1; only the last counts. */
  readonly number: number;
  readonly eventId: string;
  readonly category: string;
  /** Whole seconds since 1970; null where the event's end is not known to the hour. */
  readonly expiresAt: number | null;
}

/** Programmes run late, and an hour's delay is no reason to turn somebody away. */
const GRACE_SECONDS = 24 * 60 * 60;

/** The ticket that counts now. */
export function currentTicket(
  registration: { id: string; eventId: string; category: string; ticketsEndedAt: readonly Date[] },
  eventEndsAt: Date | null,
): Ticket {
  return {
    registrationId: registration.id,
    number: registration.ticketsEndedAt.length + 1,
    eventId: registration.eventId,
    category: registration.category,
    expiresAt: eventEndsAt === null ? null : Math.floor(eventEndsAt.getTime() / 1_000) + GRACE_SECONDS,
  };
}

/**
 * JSON for the QR code, as short as may be: `sub` (registration) and `aud` (event) are the 16 bytes of their UUIDs in
 * base64url, `n` the ticket's number, `cat` its category, `exp` as in a JWT and left out where it has no end.
 */
export function encodedTicket({ registrationId, number, eventId, category, expiresAt }: Ticket): Uint8Array {
  const claims = {
    sub: packed(registrationId),
    n: number,
    aud: packed(eventId),
    cat: category,
    ...(expiresAt === null ? {} : { exp: expiresAt }),
  };
  return new TextEncoder().encode(JSON.stringify(claims));
}

/** @throws SyntaxError for what is no such JSON; it was signed by a key of ours, but not as a ticket */
export function decodedTicket(payload: Uint8Array): Ticket {
  const claims = JSON.parse(new TextDecoder().decode(payload)) as Partial<Record<'sub' | 'aud' | 'cat', string>> &
    Partial<Record<'n' | 'exp', number>>;
  const { sub, n, aud, cat, exp = null } = claims;
  if (sub === undefined || n === undefined || aud === undefined || cat === undefined)
    throw new SyntaxError('no ticket');
  return { registrationId: unpacked(sub), number: n, eventId: unpacked(aud), category: cat, expiresAt: exp };
}

function packed(uuid: string): string {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url');
}

function unpacked(text: string): string {
  const hex = Buffer.from(text, 'base64url').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
