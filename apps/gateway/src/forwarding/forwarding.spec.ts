import { forwardedHeaders, returnedHeaders } from './forwarded-headers';
import { upstreamProblem } from './upstream-problem';

const failed = (code: string): Error => Object.assign(new Error('failed'), { code });

describe('headers between caller and service', () => {
  it('keep what is the caller’s, and drop keys, forged callers and what concerns one connection only', () => {
    const sent = forwardedHeaders(
      {
        authorization: 'Bearer xa_1',
        'x-api-key': 'xa_1',
        'x-caller-token': 'forged',
        'transfer-encoding': 'chunked',
        expect: '100-continue',
        connection: 'close, X-Hop, x-caller-token',
        'x-hop': '1',
        'x-forwarded-for': '10.0.0.1',
        forwarded: 'for=10.0.0.1',
        'idempotency-key': 'k',
        'content-type': 'application/json',
      },
      { 'x-caller-token': 'signed', 'x-request-id': 'r' },
    );
    expect(sent).toEqual({
      'idempotency-key': 'k',
      'content-type': 'application/json',
      'x-caller-token': 'signed',
      'x-request-id': 'r',
    });
  });

  it('come back without those of the inner connection', () => {
    expect(returnedHeaders({ 'keep-alive': 'timeout=75', etag: '"1"' })).toEqual({ etag: '"1"' });
  });
});

describe('the problem of an upstream that did not answer', () => {
  it.each([
    ['refused', failed('ECONNREFUSED'), 503, 'service-unavailable'],
    ['refused at every address', new AggregateError([failed('ECONNREFUSED')]), 503, 'service-unavailable'],
    ['refused, told as a cause', new Error('x', { cause: failed('ENOTFOUND') }), 503, 'service-unavailable'],
    ['too slow', failed('UND_ERR_HEADERS_TIMEOUT'), 504, 'service-too-slow'],
    ['cut off', failed('UND_ERR_SOCKET'), 502, 'service-broken-off'],
    ['unheard of', 'text', 502, 'service-broken-off'],
  ])('%s', (_, error, status, code) => {
    const problem = upstreamProblem(error, 'events');
    expect(problem).toMatchObject({ status, code, headers: { 'retry-after': '2' } });
    expect(problem.detail).toContain('events');
  });
});
