import { createHash, createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { compactVerify, CompactSign, errors } from 'jose';
import { type RegistrationsConfig, REGISTRATIONS_CONFIG } from '../config';
import { decodedTicket, encodedTicket, type Ticket } from './ticket';

interface TicketKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export interface SignedTicket {
  /** JWS in compact form. */
  readonly token: string;
  readonly kid: string;
}

const ALGORITHM = 'EdDSA';
/** Of the 43 characters of the thumbprint; each of them makes the QR code larger. */
const KID_LENGTH = 11;

/** Signs tickets with the first of the keys, and reads what any of them has signed. */
@Injectable()
export class TicketKeys {
  private readonly signing: TicketKey;
  private readonly byKid: ReadonlyMap<string, TicketKey>;

  constructor(@Inject(REGISTRATIONS_CONFIG) { TICKET_SIGNING_KEYS }: RegistrationsConfig) {
    const keys = TICKET_SIGNING_KEYS.map(ticketKey);
    const [first] = keys;
    if (first === undefined) throw new Error('TICKET_SIGNING_KEYS holds no key.');
    this.signing = first;
    this.byKid = new Map(keys.map((key) => [key.kid, key]));
  }

  /** The same ticket always becomes the same token. */
  async sign(ticket: Ticket): Promise<SignedTicket> {
    const { kid, privateKey } = this.signing;
    const token = await new CompactSign(encodedTicket(ticket))
      .setProtectedHeader({ alg: ALGORITHM, kid })
      .sign(privateKey);
    return { token, kid };
  }

  /** Null for anything that is no ticket of ours: another's, changed by a bit, or no token at all. */
  async read(token: string): Promise<Ticket | null> {
    try {
      const { payload } = await compactVerify(token, ({ kid = '' }) => this.publicKey(kid), {
        algorithms: [ALGORITHM],
      });
      return decodedTicket(payload);
    } catch (error) {
      if (error instanceof errors.JOSEError || error instanceof SyntaxError) return null;
      throw error;
    }
  }

  /** RFC 7517, for scanners that check tickets without us. */
  jwks(): { keys: JsonWebKey[] } {
    return {
      keys: [...this.byKid.values()].map(({ kid, publicKey }) => ({
        ...publicKey.export({ format: 'jwk' }),
        kid,
        alg: ALGORITHM,
        use: 'sig',
      })),
    };
  }

  private publicKey(kid: string): KeyObject {
    const key = this.byKid.get(kid);
    if (key === undefined) throw new errors.JWKSNoMatchingKey();
    return key.publicKey;
  }
}

function ticketKey(pem: string): TicketKey {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw new Error('TICKET_SIGNING_KEYS holds a key that is not Ed25519.');
  const publicKey = createPublicKey(privateKey);
  const { crv, kty, x } = publicKey.export({ format: 'jwk' });
  // RFC 7638: so a key has the same name wherever it is.
  const thumbprint = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
  return { kid: thumbprint.slice(0, KID_LENGTH), privateKey, publicKey };
}
