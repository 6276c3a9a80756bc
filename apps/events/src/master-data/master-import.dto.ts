import { type FieldProblem } from '@expo-accord/http';
import { AreExternalRefs } from '@expo-accord/http';
import { type ExternalRef } from '@expo-accord/values';
import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { ActionQuery } from '../records/record-query.dto';

export const onExistingChoices = ['skip', 'update', 'refuse'] as const;
export const lineOutcomes = ['created', 'updated', 'unchanged', 'skipped', 'refused'] as const;
export type LineOutcome = (typeof lineOutcomes)[number];

export class ImportQuery extends ActionQuery {
  /** What becomes of a line whose record is there already; `update` sets what the line says, as PATCH does. */
  @IsOptional()
  @IsIn(onExistingChoices)
  onExisting?: (typeof onExistingChoices)[number];
}

class FieldProblemAnswer implements FieldProblem {
  pointer!: string;
  code!: string;
  detail!: string;
}

export class LineResult {
  /** Counted from 1, blank lines included. */
  line!: number;

  @AreExternalRefs()
  externalRefs!: ExternalRef[];

  outcome!: LineOutcome;

  /** Why it was refused; null otherwise. */
  code!: string | null;

  /** The record; null where there is none. */
  id!: string | null;
  errors?: FieldProblemAnswer[];
}

export class ImportAnswer {
  dryRun!: boolean;
  lines!: number;
  created!: number;
  updated!: number;
  unchanged!: number;
  skipped!: number;
  refused!: number;
  results!: LineResult[];
}

/** Documents a body of one JSON object a line. */
export function NdjsonBody(): MethodDecorator {
  const description =
    'One JSON object a line, with externalRefs, and parentRef in place of parentId where the parent is known by its code, ' +
    'from an earlier line or from before; 2,000 lines at most';
  return applyDecorators(ApiConsumes('application/x-ndjson'), ApiBody({ schema: { type: 'string' }, description }));
}
