import { PageQuery } from '@expo-accord/http';
import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, isISO8601, IsOptional, IsString, MaxLength, ValidateBy } from 'class-validator';

export class RecordListQuery extends PageQuery {
  /** Part of a name or alias, in any language and script. */
  @IsOptional()
  @IsString()
  @MaxLength(200)
  name?: string;
}

/** A day as PostgreSQL reads it: YYYY-MM-DD, and one that exists. */
export function IsDay(): PropertyDecorator {
  const isDay = (value: unknown): boolean =>
    typeof value === 'string' && /^(?!0000)\d{4}-\d{2}-\d{2}$/.test(value) && isISO8601(value, { strict: true });
  const validator = { validate: isDay, defaultMessage: () => '$property must be a day, YYYY-MM-DD' };
  return applyDecorators(
    ApiPropertyOptional({ type: 'string', format: 'date' }),
    ValidateBy({ name: 'isDay', validator }),
  );
}

export class ActionQuery {
  /** Answers what would come of it, and changes nothing. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  dryRun?: boolean;
}
