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
  const metadata = getMetadataStorage().getTargetValidationMetadatas(bodyClass, '', false, false);
  const nested = metadata.filter(({ type }) => type === ValidationTypes.NESTED_VALIDATION);
  return nested.flatMap(({ propertyName, each }) => {
    const value: unknown = Reflect.get(body, propertyName);
    const at = `${pointer}/${pointerToken(propertyName)}`;
    if (!each || !Array.isArray(value)) return problemsOfOne(value, at);
    return value.flatMap((item, index) => problemsOfOne(item, `${at}/${index}`));
  });
}

function problemsOfOne(value: unknown, pointer: string): FieldProblem[] {
  if (Array.isArray(value)) return [{ pointer, code: 'is-object', detail: 'This has to be an object.' }];
  return listsForObjects(value, pointer);
}
