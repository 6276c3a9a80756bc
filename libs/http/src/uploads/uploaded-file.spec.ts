import { createHash } from 'node:crypto';
import { sha256In } from './uploaded-file';

describe('a digest of RFC 9530', () => {
  const digest = createHash('sha256').update('text').digest();
  const field = `sha-256=:${digest.toString('base64')}:`;

  it.each([field, `sha-512=:YWJj:, ${field}`, `SHA-256 = :${digest.toString('base64')}:;q=1`])(
    'is read: %s',
    (text) => {
      expect(sha256In(text)).toBe(digest.toString('hex'));
    },
  );

  it('may be of another algorithm, or missing', () => {
    expect(sha256In('sha-512=:YWJj:')).toBeUndefined();
    expect(sha256In(undefined)).toBeUndefined();
  });

  it.each([`sha-256=${digest.toString('base64')}`, 'sha-256=:YWJj:', 'sha-256=abc'])('is none: %s', (text) => {
    expect(() => sha256In(text)).toThrow('A digest is written as');
  });
});
