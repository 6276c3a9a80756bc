import { Readable } from 'node:stream';
import { type ArgumentMetadata, Injectable, type PipeTransform, ValidationPipe } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { isUUID, type ValidationError, validateSync, type ValidatorOptions } from 'class-validator';
import { mediaTypeUnsupported } from './body-parsers';
import { listsForObjects } from './lists-for-objects';
import { type FieldProblem, invalid, Problem } from './problem';
import { isSurelyRight } from './right-bodies';
import { pointerToken, unstorableText } from './unstorable-text';

/** What a value decorator leaves with its constraint, so that its own deeper findings can be told. */
export interface ConstraintContext {
  problemsOf?: (value: unknown) => FieldProblem[];
}

/** Unknown fields are refused. */
const rules = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true } satisfies ValidatorOptions;
/** Nothing is converted that the DTO does not say. */
const conversion = { enableImplicitConversion: false };

export class BodyPipe extends ValidationPipe {
  constructor() {
    super({
      ...rules,
      transform: true,
      transformOptions: conversion,
      exceptionFactory: (errors: ValidationError[]) => invalid(fieldProblems(errors)),
    });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body' && value instanceof Readable) throw mediaTypeUnsupported('This path takes JSON.');
    const right = this.valueIfRight(value, metadata);
    if (right !== undefined) return right;
    if (metadata.type === 'body' || metadata.type === 'query') refuse(unstorableText(value));
    if (metadata.type === 'body' && Array.isArray(value)) refuse([notAnObject]);
    const checked: unknown = await super.transform(value, metadata);
    refuse(listsForObjects(checked));
    return checked;
  }

  /** Nearly every body is right, and found so far quicker. Of what is wrong, or no object, Nest's own pipe says how. */
  private valueIfRight(value: unknown, metadata: ArgumentMetadata): object | undefined {
    const { type, metatype } = metadata;
    if (type !== 'body' || metatype === undefined || !this.toValidate(metadata)) return undefined;
    return checkBody(metatype as new () => object, value).value;
  }
}

const notAnObject: FieldProblem = { pointer: '', code: 'is-object', detail: 'This has to be an object.' };

function refuse(errors: FieldProblem[]): void {
  if (errors.length > 0) throw invalid(errors);
}

export type CheckedBody<T> = { value: T; errors?: never } | { value?: never; errors: FieldProblem[] };

/** The pipe's rules for what did not come as a JSON body: a line of an import, a merged PATCH. */
export function checkBody<T extends object>(bodyClass: new () => T, plain: unknown): CheckedBody<T> {
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) return { errors: [notAnObject] };
  const unstorable = unstorableText(plain);
  if (unstorable.length > 0) return { errors: unstorable };
  const value = plainToInstance(bodyClass, plain, conversion);
  if (isSurelyRight(value)) return { value };
  const errors = fieldProblems(validateSync(value, rules));
  if (errors.length === 0) errors.push(...listsForObjects(value));
  return errors.length === 0 ? { value } : { errors };
}

/** As `checkBody`, but throws the 422. */
export function validated<T extends object>(bodyClass: new () => T, plain: unknown): T {
  const { value, errors } = checkBody(bodyClass, plain);
  if (errors !== undefined) throw invalid(errors);
  return value;
}

function fieldProblems(errors: readonly ValidationError[]): FieldProblem[] {
  return errors.flatMap((error) => problemsIn(error, ''));
}

function problemsIn(error: ValidationError, parent: string): FieldProblem[] {
  const pointer = `${parent}/${pointerToken(error.property)}`;
  const nested = (error.children ?? []).flatMap((child) => problemsIn(child, pointer));
  const constraints = Object.entries(error.constraints ?? {});
  if (constraints.length === 0) return nested;
  if (error.value === undefined) return [{ pointer, code: 'required', detail: 'This field is required.' }];
  const contexts: Record<string, ConstraintContext | undefined> | undefined = error.contexts;
  const own = constraints.flatMap(([name, detail]): FieldProblem[] => {
    const deeper = contexts?.[name]?.problemsOf?.(error.value) ?? [];
    if (deeper.length === 0) return [{ pointer, code: codeOf(name), detail }];
    return deeper.map((problem) => ({ ...problem, pointer: `${pointer}${problem.pointer}` }));
  });
  return [...own, ...nested];
}

function codeOf(constraint: string): string {
  if (constraint === 'whitelistValidation') return 'unknown-field';
  return constraint.replaceAll(/[A-Z]+/g, (capitals) => `-${capitals.toLowerCase()}`);
}

/** For `@Param('id', IdPipe)`: what is no UUID names nothing, so it is not found. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isUUID(value)) throw new Problem('notFound', 'not-found', 'There is nothing under this id.');
    return value.toLowerCase();
  }
}
