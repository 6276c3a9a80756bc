import { formatKey, hashOf, newSecret, parseKey, presentedKey, scopesBeyond, secretFits } from './api-key.rules';

const keyId = '01890000-0000-7000-8000-00000000abcd';

describe('an API key', () => {
  it('carries its id and a secret that only its hash recognises', () => {
    const secret = newSecret();
    const key = formatKey({ keyId, secret });
    expect(key).toMatch(/^xa_[0-9a-f]{32}_.{43}$/);
    expect(parseKey(key)).toEqual({ keyId, secret });
    expect(secretFits(secret, hashOf(secret))).toBe(true);
    expect(secretFits(newSecret(), hashOf(secret))).toBe(false);
  });

  it.each(['', 'xa_', 'xa_1_2', `xb_${'0'.repeat(32)}_${'a'.repeat(43)}`])('is not %j', (text) => {
    expect(parseKey(text)).toBeUndefined();
  });

  it('is presented as a bearer or in its own header', () => {
    expect(presentedKey({ authorization: 'Bearer a' })).toBe('a');
    expect(presentedKey({ 'x-api-key': 'b' })).toBe('b');
    expect(presentedKey({ authorization: 'Basic a' })).toBeUndefined();
    expect(presentedKey({})).toBeUndefined();
  });

  it('hands on only scopes that it has', () => {
    expect(scopesBeyond(['events:read', 'keys:manage'], ['events:read', 'events:write'])).toEqual(['events:write']);
  });
});
