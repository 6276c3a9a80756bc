import { getMetadataStorage, type ValidationArguments, ValidationTypes } from 'class-validator';

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];
type Check = (value: unknown, object: object) => boolean;

/** What a class's decorators ask of one of its fields. */
interface Field {
  readonly name: string;
  /** Where one of them does not hold, nothing is asked. */
  readonly conditions: readonly Check[];
  readonly checks: readonly Check[];
  /** Whether the value is to be such an object itself, or a list of them. */
  readonly nested: 'object' | 'list' | null;
}

interface Plan {
  readonly names: ReadonlySet<string>;
  readonly fields: readonly Field[];
}

const plans = new WeakMap<object, Plan | null>();

/**
 * Whether class-validator would find nothing wrong with an instance of a DTO, unknown fields and lists in the place of objects
 * among it. class-validator looks through all its decorators for each object and prepares an error for each field, which
 * takes several times as long as the checks do; here they are looked up once for each class. False also for what only
 * class-validator can judge: it is asked then, and says what is wrong.
 */
export function isSurelyRight(body: object): boolean {
  const plan = planOf(body.constructor);
  if (plan === null) return false;
  for (const name of Object.keys(body)) if (!plan.names.has(name)) return false;
  return plan.fields.every((field) => isFieldRight(field, body));
}

function isFieldRight({ name, conditions, checks, nested }: Field, body: object): boolean {
  const value = (body as Record<string, unknown>)[name];
  for (const holds of conditions) if (!holds(value, body)) return true;
  for (const passes of checks) if (!passes(value, body)) return false;
  if (nested === null || value === undefined) return true;
  return nested === 'list' && Array.isArray(value) ? value.every(isNestedRight) : isNestedRight(value);
}

function isNestedRight(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isSurelyRight(value);
}

function planOf(bodyClass: unknown): Plan | null {
  // Of plain JSON `constructor` may be missing, or be what a caller sent.
  if (typeof bodyClass !== 'function' || bodyClass === Object) return null;
  let plan = plans.get(bodyClass);
  if (plan === undefined) {
    plan = planFrom(getMetadataStorage().getTargetValidationMetadatas(bodyClass, '', false, false));
    plans.set(bodyClass, plan);
  }
  return plan;
}

/** @returns null where there is something that is not known here */
function planFrom(metadata: readonly Metadata[]): Plan | null {
  const names = new Set(metadata.map(({ propertyName }) => propertyName));
  const fields = [...names].map((name) =>
    fieldFrom(
      name,
      metadata.filter(({ propertyName }) => propertyName === name),
    ),
  );
  // As class-validator does, of a class that says nothing of its fields.
  const known = fields.filter((field) => field !== null);
  return known.length === 0 || known.length < fields.length ? null : { names, fields: known };
}

function fieldFrom(name: string, metadata: readonly Metadata[]): Field | null {
  const { CONDITIONAL_VALIDATION, CUSTOM_VALIDATION, NESTED_VALIDATION, WHITELIST } = ValidationTypes;
  const known = [CONDITIONAL_VALIDATION, CUSTOM_VALIDATION, NESTED_VALIDATION, WHITELIST];
  if (metadata.some(({ type }) => !known.includes(type))) return null;
  const conditions = metadata.filter(({ type }) => type === CONDITIONAL_VALIDATION).map(conditionFrom);
  const checks = metadata.filter(({ type }) => type === CUSTOM_VALIDATION).flatMap(checksFrom);
  const [nested] = metadata.filter(({ type }) => type === NESTED_VALIDATION);
  return { name, conditions, checks, nested: nested === undefined ? null : nested.each ? 'list' : 'object' };
}

function conditionFrom({ constraints }: Metadata): Check {
  const [holds] = constraints as [(object: object, value: unknown) => boolean];
  return (value, object) => holds(object, value);
}

/** An answer that is a promise is not `true`, and so left to class-validator. */
function checksFrom({ constraintCls, constraints, each, propertyName, validateIf }: Metadata): Check[] {
  return getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map(({ instance }): Check => {
      return (value, object) => {
        if (validateIf?.(object, value) === false) return true;
        const args: ValidationArguments = {
          targetName: object.constructor.name,
          property: propertyName,
          object,
          value,
          constraints,
        };
        const passes = (one: unknown): boolean => instance.validate(one, args) === true;
        return each && Array.isArray(value) ? value.every(passes) : passes(value);
      };
    });
}
