import { isDeepStrictEqual } from 'node:util';
import { type OpenAPIObject } from '@nestjs/swagger';
import { type Owner } from '../routing/routes';

export interface ServiceDocument {
  service: Owner;
  document: OpenAPIObject;
}

type Json = Record<string, unknown>;

/**
 * One document of the whole API from those of its parts. A schema of the same name and content is kept once; where the
 * contents differ, the later one is renamed after its service. Of a path, only its owner's description counts.
 */
export function mergeOpenApi(
  base: OpenAPIObject,
  parts: readonly ServiceDocument[],
  ownerOf: (path: string) => Owner | undefined,
): OpenAPIObject {
  const schemas: Json = {};
  const paths: Json = {};
  const operationIds = new Set<string>();
  for (const { service, document } of parts) {
    const own = (document.components?.schemas ?? {}) as Json;
    const names = newNames(service, own, schemas);
    for (const [name, schema] of Object.entries(own)) schemas[names.get(name) ?? name] = withRefs(schema, names);
    for (const [path, item] of Object.entries(document.paths)) {
      if (ownerOf(path) !== service) continue;
      paths[path] = withOperationIds(withRefs(item, names) as Json, service, operationIds);
    }
  }
  const merged = { ...base, paths: sorted(paths), components: { ...base.components, schemas: sorted(schemas) } };
  return merged as OpenAPIObject;
}

/** Names whose content differs from what is known under them; a schema that refers to a renamed one differs, too. */
function newNames(service: string, own: Json, known: Json): Map<string, string> {
  const names = new Map<string, string>();
  for (let found = true; found;) {
    found = false;
    for (const [name, schema] of Object.entries(own)) {
      if (names.has(name) || !Object.hasOwn(known, name)) continue;
      if (isDeepStrictEqual(known[name], withRefs(schema, names))) continue;
      names.set(name, `${service.charAt(0).toUpperCase()}${service.slice(1)}${name}`);
      found = true;
    }
  }
  return names;
}

const schemaRef = '#/components/schemas/';

function withRefs(node: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(node)) return node.map((item) => withRefs(item, names));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => {
      if (key !== '$ref' || typeof value !== 'string' || !value.startsWith(schemaRef)) {
        return [key, withRefs(value, names)];
      }
      const name = value.slice(schemaRef.length);
      return [key, `${schemaRef}${names.get(name) ?? name}`];
    }),
  );
}

function withOperationIds(item: Json, service: string, taken: Set<string>): Json {
  return Object.fromEntries(
    Object.entries(item).map(([method, operation]) => {
      const id = (operation as { operationId?: unknown } | null)?.operationId;
      if (typeof id !== 'string') return [method, operation];
      const unique = taken.has(id) ? `${service}_${id}` : id;
      taken.add(unique);
      return [method, { ...(operation as Json), operationId: unique }];
    }),
  );
}

function sorted(object: Json): Json {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
