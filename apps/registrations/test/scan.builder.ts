import { type Registration } from '../src/registrations/registration';
import { type Desk, type Presented, type Scan } from '../src/check-ins/check-in.rules';
import { type Statement } from '../src/check-ins/entry-condition.rules';
import { type Ticket } from '../src/signed-tickets/ticket';

const EVENT = 'event';
export const START = Date.parse('2030-10-17T09:00:00Z');
export const at = (seconds: number): Date => new Date(START + seconds * 1_000);

export const ticket = (registrationId: string, changes: Partial<Ticket> = {}): Presented => ({
  ticket: { registrationId, number: 1, eventId: EVENT, category: 'buyer', expiresAt: null, ...changes },
});

export function scan(scanId: string, changes: Partial<Scan> = {}): Scan {
  const whole = {
    scanId,
    presented: ticket('one'),
    scannedAt: at(0),
    day: '2030-10-17',
    direction: 'in' as const,
    gate: 'north',
    conditionsMet: [],
    ...changes,
  };
  return { ...whole, contentHash: JSON.stringify(whole) };
}

type Known = Pick<Registration, 'id' | 'status' | 'ticketsEndedAt'>;

export function desk(...registrations: Partial<Known>[]): Desk {
  const known = registrations.map((each): Known => ({ id: 'one', status: 'confirmed', ticketsEndedAt: [], ...each }));
  const registered = new Map(known.map((each) => [each.id, each]));
  return { eventId: EVENT, registrations: registered, conditions: [], statements: new Map() };
}

export const asking = (where: Desk, conditions: string[], ...said: Statement[]): Desk => {
  return { ...where, conditions, statements: new Map([['one', said]]) };
};
export const satisfiedAt = (seconds: number, code = 'health'): Statement => ({
  code,
  satisfied: true,
  at: at(seconds),
});
