import { getMetadataStorage, ValidationTypes } from 'class-validator';
import { type FieldProblem } from './problem';
import { pointerToken } from './unstorable-text';

/**
 * Where a list stands in for an object: @ValidateNested looks at the items of any list, so an empty one passes for an
 * object with all its required fields.
 * @param body an instance of a DTO, already valid otherwise
 */
export function listsForObjects(body: unknown, pointer = ''): FieldProblem[] {
  if (typeof body !== 'object' || body === null) return [];
  // Of plain JSON `constructor` may be missing, or be what a caller sent.
  const bodyClass: unknown = body.constructor;
  if (typeof bodyClass !== 'function' || bodyClass === Object) return [];
  return nestedFieldsOf(bodyClass).flatMap(({ propertyName, each }) => {
    const value: unknown = Reflect.get(body, propertyName);
    const at = `${pointer}/${pointerToken(propertyName)}`;
    if (!each || !Array.isArray(value)) return problemsOfOne(value, at);
    return value.flatMap((item, index) => problemsOfOne(item, `${at}/${index}`));
  });
}

type NestedFields = readonly { readonly propertyName: string; readonly each: boolean }[];
const nestedFields = new WeakMap<object, NestedFields>();

/** Asked once for each class: class-validator looks through all classes for the answer. */
function nestedFieldsOf(bodyClass: object): NestedFields {
  const known = nestedFields.get(bodyClass);
  if (known !== undefined) return known;
  const metadata = getMetadataStorage().getTargetValidationMetadatas(bodyClass as () => void, '', false, false);
  const nested = metadata.filter(({ type }) => type === ValidationTypes.NESTED_VALIDATION);
  nestedFields.set(bodyClass, nested);
  return nested;
}

function problemsOfOne(value: unknown, pointer: string): FieldProblem[] {
  if (Array.isArray(value)) return [{ pointer, code: 'is-object', detail: 'This has to be an object.' }];
  return listsForObjects(value, pointer);
}
