import { generateKeyPairSync } from 'node:crypto';
import { type FastifyRequest } from 'fastify';
import { signCallerToken, TokenCallers } from './caller-token';

const gateway = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const publicPem = gateway.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const caller = { tenantId: 't', keyId: 'k', scopes: ['events:read', 'events:write'] };
const requestWith = (token?: string): FastifyRequest =>
  ({ headers: token === undefined ? {} : { 'x-caller-token': token } }) as unknown as FastifyRequest;

describe('callers by token', () => {
  const callers = new TokenCallers(publicPem);

  it('knows the caller that the gateway signed for, again and again', async () => {
    const request = requestWith(await signCallerToken(gateway.privateKey, caller, 60));
    expect(await callers.callerOf(request)).toEqual(caller);
    expect(await callers.callerOf(request)).toEqual(caller);
  });

  it.each([
    ['no token', async () => Promise.resolve(undefined), 'caller-token-missing'],
    ['an expired token', async () => signCallerToken(gateway.privateKey, caller, -1), 'caller-token-expired'],
    ["a stranger's token", async () => signCallerToken(stranger.privateKey, caller, 60), 'caller-token-invalid'],
    ['nonsense', async () => Promise.resolve('a.b.c'), 'caller-token-invalid'],
    ['an unsigned token', async () => Promise.resolve(unsigned()), 'caller-token-invalid'],
  ])('refuses %s', async (_, tokenOf, code) => {
    await expect(callers.callerOf(requestWith(await tokenOf()))).rejects.toMatchObject({ status: 401, code });
  });

  it('forgets a token that it had verified once it expires', async () => {
    jest.useFakeTimers({ now: Date.now() });
    try {
      const request = requestWith(await signCallerToken(gateway.privateKey, caller, 30));
      await callers.callerOf(request);
      jest.setSystemTime(Date.now() + 31_000);
      await expect(callers.callerOf(request)).rejects.toMatchObject({ code: 'caller-token-expired' });
    } finally {
      jest.useRealTimers();
    }
  });
});

function unsigned(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { tid: 't', sub: 'k', scope: 'x', iss: 'gateway', aud: 'services', exp: 9_999_999_999 };
  return `${part({ alg: 'none' })}.${part(claims)}.`;
}
