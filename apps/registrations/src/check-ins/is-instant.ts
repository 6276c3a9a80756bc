import { applyDecorators } from '@nestjs/common';
import { IsISO8601, Matches } from 'class-validator';

/** RFC 3339, in this century or the next: any other comes from a clock that was never set. */
const pattern = /^2[01]\d{2}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

export function IsInstant(): PropertyDecorator {
  const message = '$property has to be an RFC 3339 instant of this century or the next';
  return applyDecorators(Matches(pattern, { message }), IsISO8601({ strict: true }));
}
