import { type ServiceName } from '@expo-accord/contracts';
import { InvalidArgumentError } from 'commander';
import { databaseConfig } from './config';
import { WrongUsage } from './exit-codes';

const services = ['gateway', 'events', 'registrations', 'agreements', 'notifications'] as const satisfies ServiceName[];

/** The service that `--service` names; undefined if it was not given. */
export function namedService(name: string | undefined): ServiceName | undefined {
  if (name === undefined) return undefined;
  const service = services.find((one) => one === name);
  if (service === undefined) throw new WrongUsage(`There is no service ${name}; there are ${services.join(', ')}.`);
  return service;
}

/** The same, or else the service whose schema the settings name. */
export function serviceOf(name: string | undefined): ServiceName {
  const schema = databaseConfig().DATABASE_SCHEMA;
  const service = namedService(name) ?? services.find((one) => one === schema);
  if (service === undefined)
    throw new WrongUsage(`Schema ${schema} does not say which service it is of: add --service.`);
  return service;
}

/** For commander: a count from the command line. */
export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

/** For commander: a point in time from the command line. */
export function instant(text: string): Date {
  const time = new Date(text);
  // Without an offset it would mean another time on another machine.
  if (Number.isNaN(time.getTime()) || !/(Z|[+-]\d\d:\d\d)$/.test(text)) {
    throw new InvalidArgumentError('It must be a time such as 2026-11-21T08:00:00Z.');
  }
  return time;
}
