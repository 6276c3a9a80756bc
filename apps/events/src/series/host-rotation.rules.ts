import { type HostTurn, type NextHost } from './series.dto';

/**
 * Who is next in turn. Turns that were recorded speak for themselves; beyond them the sides go on as they began, if they
 * took turns at all. A rotation says who is to host, not who may: the next edition is entered as it is.
 * @param turns in the order of the meetings; one without an ordinal stands where the list has it
 * @param lastOrdinal of the meetings that were held or are announced; 0 before the first
 */
export function nextHost(turns: readonly HostTurn[], lastOrdinal: number): NextHost {
  const ordinal = lastOrdinal + 1;
  const known = turns
    .map((turn, index) => ({ ordinal: turn.ordinal ?? index + 1, side: turn.side ?? null }))
    .filter((turn): turn is { ordinal: number; side: string } => turn.side !== null)
    .sort((a, b) => a.ordinal - b.ordinal);
  const stated = known.find((turn) => turn.ordinal === ordinal);
  if (stated !== undefined) return { ordinal, side: stated.side, certainty: 'stated', because: null };
  const sides = [...new Set(known.map(({ side }) => side))];
  const first = known[0]?.ordinal ?? 1;
  const inTurn = (at: number): string | undefined => sides[(at - first) % sides.length];
  const side =
    ordinal > first && known.every((turn) => inTurn(turn.ordinal) === turn.side) ? inTurn(ordinal) : undefined;
  if (side === undefined || sides.length < 2) return { ordinal, side: null, certainty: null, because: null };
  const because = `${sides.join(', ')} host in turn, the first of them number ${first}.`;
  return { ordinal, side, certainty: 'inferred', because };
}
