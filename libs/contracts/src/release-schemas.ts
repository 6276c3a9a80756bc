import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Problem, within } from '@expo-accord/values';
import { messages } from './catalogue';
import { incompatibilities } from './compatibility';
import { jsonSchemaOf } from './json-schema';

/**
 * Writes the schema of every message type into `folder`, one file a type. Refuses to overwrite a released schema by one
 * that breaks its promise: such a change is a new version of the type.
 * @returns what is in the way; when there is anything, nothing is written.
 */
export function releaseSchemas(folder: string): Problem[] {
  const files = messages.map((contract) => ({
    path: join(folder, `${contract.type}.json`),
    name: contract.type,
    schema: jsonSchemaOf(contract),
  }));
  const problems = files.flatMap(({ path, name, schema }) => {
    if (!existsSync(path)) return [];
    const released = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    return within(`${name}#`, incompatibilities(released, schema));
  });
  if (problems.length > 0) return problems;
  mkdirSync(folder, { recursive: true });
  for (const { path, schema } of files) writeFileSync(path, `${JSON.stringify(schema, null, 2)}\n`);
  return [];
}

/** `node dist/libs/contracts/src/release-schemas.js`, from the repository's root, after `npm run build`. */
if (require.main === module) {
  const problems = releaseSchemas(join('libs', 'contracts', 'released'));
  for (const { pointer, detail } of problems) process.stderr.write(`${pointer}: ${detail}\n`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
