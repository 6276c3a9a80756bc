import { isPermanent, PermanentFailure } from './failures';

const withCode = (code: string) => Object.assign(new Error('refused'), { driverError: { code } });

describe('a failure', () => {
  it.each([
    ['what a handler says can never work', new PermanentFailure('unknown event')],
    ['data that PostgreSQL refuses', withCode('22P02')],
    ['a broken constraint', withCode('23505')],
    ['a mistake in our code', new TypeError('x is not a function')],
  ])('is permanent: %s', (_name, error) => {
    expect(isPermanent(error)).toBe(true);
  });

  it.each([
    ['a deadlock', withCode('40P01')],
    ['a table that is still to be migrated', withCode('42P01')],
    ['a connection that broke', Object.assign(new Error('broken'), { code: 'ECONNRESET' })],
    ['a fetch that found no network', new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') })],
    ['whatever we do not know', new Error('?')],
    ['something thrown that is no error', 'oh'],
  ])('may pass: %s', (_name, error) => {
    expect(isPermanent(error)).toBe(false);
  });
});
