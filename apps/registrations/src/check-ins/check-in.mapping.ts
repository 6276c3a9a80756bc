import { createHash } from 'node:crypto';
import { type FieldProblem } from '@expo-accord/http';
import { type TicketKeys } from '../signed-tickets/ticket-keys';
import { type CheckInAnswer, type ScanBody } from './check-in.dto';
import { type CheckInRow } from './check-in.entity';
import { type Presented, type Scan } from './check-in.rules';

/** What the fields mean together, beyond what each may be. */
export function problemsTogether({ ticket, registrationId }: ScanBody, pointer = ''): FieldProblem[] {
  if (Boolean(ticket) !== Boolean(registrationId)) return [];
  const detail = 'A scan has either a ticket or a registrationId';
  return [{ pointer: `${pointer}/ticket`, code: 'one-of', detail }];
}

export async function scanOf(body: ScanBody, keys: TicketKeys): Promise<Scan> {
  const { scanId, scannedAt, ticket, registrationId } = body;
  const said = {
    scannedAt: new Date(scannedAt),
    day: body.day ?? scannedAt.slice(0, 'YYYY-MM-DD'.length),
    direction: body.direction ?? 'in',
    gate: body.gate ?? null,
  };
  const conditionsMet = [...new Set(body.conditionsMet)].sort();
  const shown = ticket ?? registrationId?.toLowerCase();
  const presented: Presented = ticket
    ? { ticket: await keys.read(ticket) }
    : { registrationId: registrationId?.toLowerCase() ?? '' };
  const contentHash = createHash('sha256')
    .update(JSON.stringify([shown, conditionsMet.length === 0 ? said : { ...said, conditionsMet }]))
    .digest('base64url');
  return { scanId, presented, ...said, conditionsMet, contentHash };
}

export function answerOf(row: CheckInRow): CheckInAnswer {
  return {
    id: row.id,
    eventId: row.eventId,
    scanId: row.scanId,
    registrationId: row.registrationId,
    outcome: row.outcome,
    conflict: row.conflict,
    conditionsUnmet: row.conditionsUnmet,
    conditionsMet: row.conditionsMet,
    ticketNumber: row.ticketNumber,
    scannedAt: row.scannedAt.toISOString(),
    day: row.day,
    direction: row.direction,
    gate: row.gate,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
