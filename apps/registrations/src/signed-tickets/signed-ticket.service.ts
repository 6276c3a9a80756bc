import { Injectable } from '@nestjs/common';
import { Transactions } from '@expo-accord/database';
import { type Caller, conflict, notFound } from '@expo-accord/http';
import { renderSVG } from 'uqr';
import { EventCopyStore } from '../events/event-copy.store';
import { hasTicket } from '../registrations/registration.rules';
import { RegistrationStore } from '../registrations/registration.store';
import { type TicketAnswer } from './signed-ticket.dto';
import { currentTicket } from './ticket';
import { TicketKeys } from './ticket-keys';

/** The ticket of a registration: not stored, but made when it is asked for, and always the same until it ends. */
@Injectable()
export class SignedTicketService {
  constructor(
    private readonly transactions: Transactions,
    private readonly registrations: RegistrationStore,
    private readonly events: EventCopyStore,
    private readonly keys: TicketKeys,
  ) {}

  async of({ tenantId }: Caller, registrationId: string): Promise<TicketAnswer> {
    const { manager } = this.transactions;
    const registration = await this.registrations.byId(manager, tenantId, registrationId);
    if (registration === undefined) throw notFound('registration', registrationId);
    if (!hasTicket(registration.status)) {
      throw conflict('no-ticket', `There is no ticket while the registration is ${registration.status}.`);
    }
    const { endsAt } = await this.events.known(manager, tenantId, registration.eventId);
    const ticket = currentTicket(registration, endsAt);
    const { token, kid } = await this.keys.sign(ticket);
    const { eventId, category, number, expiresAt } = ticket;
    const validUntil = expiresAt === null ? null : new Date(expiresAt * 1_000).toISOString();
    return { registrationId, eventId, category, number, token, kid, validUntil };
  }
}

/** An SVG image that a scanner still reads with a seventh of it creased or smudged. */
export function qrCodeOf({ token }: TicketAnswer): string {
  return renderSVG(token, { ecc: 'M', border: 4 });
}
