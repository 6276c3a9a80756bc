import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { cleanEnv, EnvMissingError } from 'envalid';
import { type Setting, type SettingsOf, type SettingsSpec } from './setting';

/** A variable that is missing or wrong. The message is one sentence that names each; it never shows a secret's value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(
    readonly variables: readonly string[],
    complaints: readonly string[],
  ) {
    super(`${complaints.join('; ')}.`);
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

type ReadFile = (path: string) => string;

/** Fixes the type of a spec, so that `SettingsOf<typeof settings>` is exact. */
export function defineSettings<const S extends SettingsSpec>(spec: S): S {
  return spec;
}

/**
 * Reads every setting of `spec` from `env` into a frozen object under the variables' own names. An empty variable counts
 * as not set. A secret or PEM block may be given as `<NAME>_FILE`, the path of a file that holds it. Printing the object (JSON,
 * console, util.inspect) shows secrets as `***`.
 * @throws SettingsError naming every variable that is missing or wrong.
 */
export function readSettings<const S extends SettingsSpec>(
  spec: S,
  env: Environment,
  readFile: ReadFile = (path) => readFileSync(path, 'utf8'),
): SettingsOf<S> {
  const complaints = new Map<string, string>();
  const raw = rawValues(spec, env, readFile, complaints);
  const values: Record<string, unknown> = cleanEnv(raw, spec, {
    reporter: ({ errors }) => {
      for (const [name, error] of Object.entries(errors)) {
        const declared = spec[name];
        if (declared && error && !complaints.has(name)) complaints.set(name, complaint(name, declared, raw, error));
      }
    },
  });
  if (complaints.size > 0) throw new SettingsError([...complaints.keys()], [...complaints.values()]);
  return printedWithoutSecrets(spec, values) as SettingsOf<S>;
}

function rawValues(spec: SettingsSpec, env: Environment, readFile: ReadFile, complaints: Map<string, string>) {
  const raw: Record<string, string> = {};
  if (env.NODE_ENV) raw.NODE_ENV = env.NODE_ENV;
  for (const [name, { fromFile }] of Object.entries(spec)) {
    const given = env[name];
    const file = fromFile ? env[`${name}_FILE`] : undefined;
    if (given && file) complaints.set(name, `${name} and ${name}_FILE are both set, but only one may be`);
    else if (given) raw[name] = given;
    else if (file) {
      try {
        raw[name] = readFile(file);
      } catch {
        complaints.set(name, `${name}_FILE names a file that cannot be read`);
      }
    }
  }
  return raw;
}

function complaint(name: string, setting: Setting<unknown>, raw: Environment, error: unknown): string {
  if (error instanceof EnvMissingError) {
    const example = setting.example === undefined ? '' : `, for example ${setting.example}`;
    return `${name} is missing (${setting.desc}${example})`;
  }
  const found = setting.secret ? 'set to something else' : JSON.stringify(raw[name]);
  return `${name} is ${found}, but must be ${setting.expected}`;
}

/** envalid wraps its result in a proxy that throws on unknown keys (even `then`); a plain object surprises nobody. */
function printedWithoutSecrets(spec: SettingsSpec, values: Readonly<Record<string, unknown>>): object {
  const plain = Object.fromEntries(Object.keys(spec).map((name) => [name, values[name]]));
  const masked = (): object =>
    Object.fromEntries(
      Object.entries(plain).map(([name, value]) => [
        name,
        spec[name]?.secret === true && value !== undefined ? '***' : value,
      ]),
    );
  Object.defineProperty(plain, 'toJSON', { value: masked });
  Object.defineProperty(plain, inspect.custom, { value: masked });
  return Object.freeze(plain);
}
