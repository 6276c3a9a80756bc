import { QueryFailedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { isPassing } from './passing-failure.rules';

const coded = (code: string): Error => Object.assign(new Error('said by PostgreSQL'), { code });

describe('a failure of a chunk', () => {
  it.each([
    ['a deadlock', coded('40P01')],
    ['a server that goes down', coded('57P01')],
    ['a refused connection', coded('ECONNREFUSED')],
    ['a connection that was cut', new Error('Connection terminated unexpectedly')],
    ['the same, met in a query', new QueryFailedError('SELECT 1', [], new Error('Connection terminated unexpectedly'))],
    ['a query after it', new Error('Client has encountered a connection error and is not queryable')],
    ['a transaction after it', new QueryRunnerProviderAlreadyReleasedError()],
    ['a database that lets nobody in in time', new Error('timeout exceeded when trying to connect')],
  ])('passes that is %s', (_, error) => {
    expect(isPassing(error)).toBe(true);
  });

  it.each([
    ['a value that does not fit', coded('22001')],
    ['a constraint', coded('23505')],
    ['a mistake in the code', new TypeError('Cannot read properties of undefined')],
    ['nothing that is known', undefined],
  ])('does not pass that is %s', (_, error) => {
    expect(isPassing(error)).toBe(false);
  });
});
