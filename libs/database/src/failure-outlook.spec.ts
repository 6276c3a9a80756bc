import { QueryFailedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { outlookOf } from './failure-outlook';

const coded = (code: string): Error => Object.assign(new Error('said by PostgreSQL'), { code });

describe('a failed transaction', () => {
  it.each([
    ['a deadlock', coded('40P01')],
    ['a server that goes down', coded('57P01')],
    ['a limit to how long it may be open', coded('25P04')],
    ['a refused connection', coded('ECONNREFUSED')],
    ['a connection that was cut', new Error('Connection terminated unexpectedly')],
    ['the same, met in a query', new QueryFailedError('SELECT 1', [], new Error('Connection terminated unexpectedly'))],
    ['a query after it', new Error('Client has encountered a connection error and is not queryable')],
    ['a transaction after it', new QueryRunnerProviderAlreadyReleasedError()],
    ['a database that lets nobody in in time', new Error('timeout exceeded when trying to connect')],
    ['a deadlock, told by the driver', Object.assign(new Error('failed'), { driverError: coded('40P01') })],
  ])('passes that met %s', (_, error) => {
    expect(outlookOf(error)).toBe('passes');
  });

  it.each([
    ['a value that does not fit', coded('22001')],
    ['a constraint', coded('23505')],
    ['a constraint, told by the driver', Object.assign(new Error('connection'), { driverError: coded('23505') })],
    ['a mistake in the code', new TypeError("Cannot read properties of undefined (reading 'connection')")],
    ['an argument of the wrong type', Object.assign(new TypeError('received null'), { code: 'ERR_INVALID_ARG_TYPE' })],
  ])('lasts that met %s', (_, error) => {
    expect(outlookOf(error)).toBe('lasts');
  });

  it.each([
    ['a table that is still to be migrated', coded('42P01')],
    ['a fetch without a network', new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') })],
    ['nothing that is known', undefined],
    ['something thrown that is no error', 'oh'],
  ])('has no certain outlook that met %s', (_, error) => {
    expect(outlookOf(error)).toBe('unknown');
  });
});
