import { Webhook } from 'standardwebhooks';
import { newEndpointSecret } from './endpoint-secret.rules';
import { signedHeaders } from './signature.rules';
import { outcomeOfError, outcomeOfStatus, reasonToDisable } from './webhook.rules';

describe('the meaning of an answer', () => {
  it.each([
    [200, 'delivered', 'ok'],
    [204, 'delivered', 'ok'],
    [302, 'retry', 'redirect-refused'],
    [400, 'retry', 'http-error'],
    [410, 'failed', 'gone'],
    [503, 'retry', 'http-error'],
  ])('%i is %s (%s)', (status, result, code) => {
    expect(outcomeOfStatus(status)).toEqual({ result, code, replyCode: status });
  });

  it.each([
    [Object.assign(new Error(), { code: 'ECONNREFUSED' }), 'connection-refused'],
    [Object.assign(new Error(), { code: 'EADDRNOTALLOWED' }), 'address-not-allowed'],
    [Object.assign(new Error(), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'tls-failed'],
    [new DOMException('', 'TimeoutError'), 'timeout'],
    ['anything', 'connection-failed'],
  ])('without an answer it may work later: %s', (error, code) => {
    expect(outcomeOfError(error)).toEqual({ result: 'retry', code, replyCode: null });
  });
});

describe('switching an endpoint off', () => {
  it.each([
    ['gone', false, true, 'gone'],
    ['http-error', true, false, 'repeatedFailure'],
    ['http-error', true, true, null],
    ['http-error', false, false, null],
  ])('%s, exhausted %s, succeeded meanwhile %s: %s', (code, exhausted, succeeded, reason) => {
    expect(reasonToDisable(code, exhausted, succeeded)).toBe(reason);
  });
});

describe('the signature', () => {
  it('verifies with each live secret and with no other', () => {
    const [current, previous, stranger] = [newEndpointSecret(), newEndpointSecret(), newEndpointSecret()];
    const payload = '{"a":1}';
    const headers = signedHeaders([current, previous], 'message-1', new Date(), payload);
    expect(new Webhook(current).verify(payload, headers)).toEqual({ a: 1 });
    expect(new Webhook(previous).verify(payload, headers)).toEqual({ a: 1 });
    expect(() => new Webhook(stranger).verify(payload, headers)).toThrow();
    expect(() => new Webhook(current).verify('{"a":2}', headers)).toThrow();
  });
});
