import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { type TSchema } from '@sinclair/typebox';
import {
  Certainty,
  checkEconomy,
  checkExternalRef,
  checkLocalizedText,
  checkMoney,
  checkPartialDate,
  checkPersonName,
  checkQuantity,
  checkScheduledTime,
  checkSourceRef,
  checkSpeaker,
  Code,
  Economy,
  ExternalRef,
  LanguageTag,
  LocalizedText,
  PartialDate,
  PersonName,
  Quantity,
  ScheduledTime,
  shapeProblems,
  SourceRef,
  Speaker,
} from '@expo-accord/values';
import { ValidateBy, ValidateIf } from 'class-validator';
import { namedRef } from './named-schemas';
import { type FieldProblem } from './problem';
import { type ConstraintContext } from './validation';

export interface FieldOptions {
  /** May be left out. */
  optional?: boolean;
  /** May be null: known to be unknown, or cleared. */
  nullable?: boolean;
  /** The field is a list of such values. */
  each?: boolean;
  description?: string;
}

export type FieldDecorator = (options?: FieldOptions) => PropertyDecorator;

const mostItems = 10_000;

/**
 * A field that holds a value declared by a TypeBox schema. Its own findings are told with their pointers below the field's,
 * and the API document shows its schema under `name`.
 */
export function valueField(name: string, schema: TSchema, check: (value: unknown) => FieldProblem[]): FieldDecorator {
  return (options = {}) => {
    const problemsOf = options.each === true ? (value: unknown) => problemsOfEach(value, check) : check;
    const context: ConstraintContext = { problemsOf };
    const validator = {
      validate: (value: unknown): boolean => problemsOf(value).length === 0,
      defaultMessage: (): string => `$property is not a ${name}`,
    };
    return applyDecorators(
      ApiProperty(propertySchema(name, schema, options)),
      ValidateIf((_, value) => !(options.optional === true && value === undefined)),
      ValidateIf((_, value) => !(options.nullable === true && value === null)),
      ValidateBy({ name: `is${name}`, validator }, { context }),
    );
  };
}

function propertySchema(name: string, schema: TSchema, options: FieldOptions): ApiPropertyOptions {
  const reference = namedRef(name, schema);
  const nullable = options.nullable === true;
  // Said in full, or Swagger's compiler plugin adds what it reads from the property's type once more. Its own type leaves
  // out JSON Schema's "null", which OpenAPI 3.1 has.
  const one = nullable ? { anyOf: [reference, { type: 'null' }] } : { allOf: [reference] };
  const shape =
    options.each === true
      ? { type: 'array', items: reference, nullable }
      : { ...one, type: undefined, nullable: false };
  const described = options.description === undefined ? {} : { description: options.description };
  return { ...shape, ...described, isArray: false, required: options.optional !== true } as ApiPropertyOptions;
}

function problemsOfEach(value: unknown, check: (item: unknown) => FieldProblem[]): FieldProblem[] {
  if (!Array.isArray(value)) return [{ pointer: '', code: 'is-array', detail: 'This has to be a list.' }];
  if (value.length > mostItems) {
    return [{ pointer: '', code: 'too-many', detail: `This list may have ${mostItems} items at most.` }];
  }
  return value.flatMap((item, index) =>
    check(item).map((problem) => ({ ...problem, pointer: `/${index}${problem.pointer}` })),
  );
}

const shapeOf = (schema: TSchema) => (value: unknown) => shapeProblems(schema, value);

export const IsLocalizedText = valueField('LocalizedText', LocalizedText, checkLocalizedText);
export const IsPersonName = valueField('PersonName', PersonName, checkPersonName);
export const IsQuantity = valueField('Quantity', Quantity, checkQuantity);
export const IsMoney = valueField('Quantity', Quantity, checkMoney);
export const IsPartialDate = valueField('PartialDate', PartialDate, checkPartialDate);
export const IsScheduledTime = valueField('ScheduledTime', ScheduledTime, checkScheduledTime);
export const IsSpeaker = valueField('Speaker', Speaker, checkSpeaker);
export const IsSourceRef = valueField('SourceRef', SourceRef, checkSourceRef);
export const IsEconomy = valueField('Economy', Economy, checkEconomy);
export const IsExternalRef = valueField('ExternalRef', ExternalRef, checkExternalRef);
export const IsCertainty = valueField('Certainty', Certainty, shapeOf(Certainty));
export const IsCode = valueField('Code', Code, shapeOf(Code));
export const IsLanguageTag = valueField('LanguageTag', LanguageTag, shapeOf(LanguageTag));

type ListOptions = Omit<FieldOptions, 'each'>;

export const AreSourceRefs = (options: ListOptions = {}): PropertyDecorator => IsSourceRef({ ...options, each: true });
export const AreExternalRefs = (options: ListOptions = {}): PropertyDecorator =>
  IsExternalRef({ ...options, each: true });
export const AreEconomies = (options: ListOptions = {}): PropertyDecorator => IsEconomy({ ...options, each: true });
