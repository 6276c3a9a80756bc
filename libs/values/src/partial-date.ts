import { Type, type Static } from '@sinclair/typebox';
import edtf from 'edtf';
import { type Problem } from './problem';
import { closed, fits, shapeProblems } from './schema-check';

/** Why a part of a fact is believed although the source does not state it. */
export const Inference = Type.Object({
  part: Type.String({ minLength: 1, maxLength: 64 }),
  because: Type.String({ minLength: 1, maxLength: 2000 }),
});
export type Inference = Static<typeof Inference>;

/**
 * A date as far as it is known, in EDTF (ISO 8601-2): `2016`, `2020-08-01/2020-12-31` (some time between),
 * `../2020-09-03` (then or before), `2015?-11-30` (year doubtful). Doubtful and inferred are two things: where the
 * source leaves the year out, `inferred` names the part and the reason. A wholly unknown date is null, not this type.
 */
export const PartialDate = Type.Object({
  edtf: Type.String({ minLength: 1, maxLength: 100, description: 'a date in EDTF (ISO 8601-2)' }),
  dayPart: Type.Optional(
    Type.Union([Type.Literal('morning'), Type.Literal('afternoon'), Type.Literal('evening'), Type.Literal('night')]),
  ),
  asReported: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
  inferred: Type.Optional(Type.Array(Inference)),
});
export type PartialDate = Static<typeof PartialDate>;

const strict = closed(PartialDate);

/** Beyond the shape: `edtf` parses, and names days that exist. */
export function checkPartialDate(value: unknown): Problem[] {
  const problems = shapeProblems(strict, value);
  if (problems.length > 0 || !fits(strict, value)) return problems;
  if (parsed(value.edtf) !== undefined) return [];
  return [{ pointer: '/edtf', code: 'edtf-malformed', detail: 'This is not a date in EDTF (ISO 8601-2).' }];
}

/** The earliest and the latest instant (ISO, UTC) that the date allows; null where that end is open or unknown. */
export function boundsOf(date: PartialDate): { earliest: string | null; latest: string | null } {
  const known = parsed(date.edtf);
  return { earliest: isoOf(known?.min), latest: isoOf(known?.max) };
}

function isoOf(milliseconds: number | null | undefined): string | null {
  if (milliseconds === null || milliseconds === undefined || !Number.isFinite(milliseconds)) return null;
  return new Date(milliseconds).toISOString();
}

/** Undefined for what is no EDTF. edtf reads bare digits as Unix time, and finds wrong intervals only when asked for an end. */
function parsed(text: string): { min: number | null; max: number | null } | undefined {
  if (/^\d{5,}$/.test(text)) return undefined;
  try {
    const { min, max } = edtf(withoutEqualEnds(text));
    return { min, max };
  } catch {
    return undefined;
  }
}

/** An event of one day may well be given from that day to that day, which edtf takes for an end before the beginning. */
function withoutEqualEnds(text: string): string {
  const [from = '', to, ...rest] = text.split('/');
  return from === to && rest.length === 0 ? from : text;
}
