/** JSON merge patch (RFC 7396): null clears, objects merge, everything else replaces. Changes neither argument. */
export function mergePatch<T>(current: T, patch: unknown): T {
  return merged(current, patch) as T;
}

function merged(current: unknown, patch: unknown): unknown {
  if (!isPlainObject(patch)) return patch;
  const result: Record<string, unknown> = isPlainObject(current) ? { ...current } : {};
  for (const [name, value] of Object.entries(patch)) {
    // Assigning "__proto__" would set the prototype.
    if (value === undefined || name === '__proto__') continue;
    if (value === null) Reflect.deleteProperty(result, name);
    else result[name] = merged(result[name], value);
  }
  return result;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
