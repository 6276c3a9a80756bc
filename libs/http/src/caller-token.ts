import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { type FastifyRequest } from 'fastify';
import { type Caller, CallerSource } from './caller';
import { Problem, unauthenticated } from './problem';

export const callerTokenHeader = 'x-caller-token';
const issuer = 'gateway';
/** One audience for all services, so that the gateway signs once for a key and not once for each service. */
const audience = 'services';
const algorithm = 'EdDSA';
const rememberedTokens = 5_000;

/** @param lifetimeSeconds may be negative, for tests of expiry */
export async function signCallerToken(privateKey: KeyObject, caller: Caller, lifetimeSeconds: number): Promise<string> {
  const issuedAt = Math.floor(Date.now() / 1_000);
  return new SignJWT({ tid: caller.tenantId, scope: caller.scopes.join(' ') })
    .setProtectedHeader({ alg: algorithm })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(caller.keyId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(privateKey);
}

/** @param pem PKCS8 */
export function callerSigningKey(pem: string): KeyObject {
  return createPrivateKey(pem);
}

/** Callers by the token that the gateway signed. A verified token is remembered until it expires: verifying costs CPU. */
export class TokenCallers extends CallerSource {
  private readonly publicKey: KeyObject;
  private readonly verified = new LRUCache<string, { caller: Caller; expiresAtMs: number }>({ max: rememberedTokens });

  constructor(publicKeyPem: string) {
    super();
    this.publicKey = createPublicKey(publicKeyPem);
  }

  override async callerOf(request: FastifyRequest): Promise<Caller> {
    const token = request.headers[callerTokenHeader];
    if (typeof token !== 'string' || token === '') {
      throw unauthenticated('caller-token-missing', 'Calls have to come through the gateway.');
    }
    const known = this.verified.get(token);
    return known !== undefined && known.expiresAtMs > Date.now() ? known.caller : await this.verify(token);
  }

  private async verify(token: string): Promise<Caller> {
    try {
      const { payload } = await jwtVerify(token, this.publicKey, { issuer, audience, algorithms: [algorithm] });
      const caller = callerIn(payload);
      this.verified.set(token, { caller, expiresAtMs: (payload.exp ?? 0) * 1_000 });
      return caller;
    } catch (error) {
      throw error instanceof Problem ? error : refusal(error);
    }
  }
}

function callerIn(payload: JWTPayload): Caller {
  const { sub, tid, scope, exp } = payload;
  if (sub === undefined || typeof tid !== 'string' || typeof scope !== 'string' || exp === undefined) {
    throw unauthenticated('caller-token-invalid', 'The caller token lacks a claim.');
  }
  return { keyId: sub, tenantId: tid, scopes: scope.split(' ').filter((part) => part !== '') };
}

function refusal(error: unknown): Problem {
  return error instanceof errors.JWTExpired
    ? unauthenticated('caller-token-expired', 'The caller token has expired.')
    : unauthenticated('caller-token-invalid', 'The caller token is not one that the gateway signed.');
}
