import { randomBytes } from 'node:crypto';
import { newEndpointSecret, openSecret, sealSecret } from './endpoint-secret.rules';

describe('secrets of webhook endpoints', () => {
  const key = randomBytes(32);

  it('are written as Standard Webhooks asks and never twice the same', () => {
    expect(newEndpointSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(newEndpointSecret()).not.toBe(newEndpointSecret());
  });

  it('come back from their sealed form, which does not show them', () => {
    const secret = newEndpointSecret();
    const sealed = sealSecret(secret, key, 'endpoint-1');
    expect(sealed).not.toContain(secret.slice(6));
    expect(openSecret(sealed, key, 'endpoint-1')).toBe(secret);
  });

  it('do not open for another endpoint or with another key', () => {
    const sealed = sealSecret(newEndpointSecret(), key, 'endpoint-1');
    expect(() => openSecret(sealed, key, 'endpoint-2')).toThrow();
    expect(() => openSecret(sealed, randomBytes(32), 'endpoint-1')).toThrow();
  });
});
