import { type KeyObject } from 'node:crypto';
import { type Caller, callerSigningKey, signCallerToken } from '@expo-accord/http';
import { LRUCache } from 'lru-cache';

const reuseMs = 60_000;
/** Longer than a token is reused, so that one sent in the last moment still arrives in time. */
const lifetimeSeconds = 90;
const rememberedTokens = 10_000;

interface Signed {
  token: Promise<string>;
  /** Milliseconds since the epoch. */
  reuseUntil: number;
}

/** Signed statements of who calls, for the services. Signing costs CPU, so a key's token is used again for a minute. */
export class CallerTokens {
  private readonly key: KeyObject;
  private readonly signed = new LRUCache<string, Signed>({ max: rememberedTokens });

  constructor(privateKeyPem: string) {
    this.key = callerSigningKey(privateKeyPem);
  }

  async tokenFor(caller: Caller): Promise<string> {
    const known = this.signed.get(caller.keyId);
    if (known !== undefined && known.reuseUntil > Date.now()) return known.token;
    const token = signCallerToken(this.key, caller, lifetimeSeconds);
    this.signed.set(caller.keyId, { token, reuseUntil: Date.now() + reuseMs });
    return token;
  }
}
