import { makeExactValidator } from 'envalid';

/** What every setting says about itself. `T` is the type after parsing. */
export interface SettingOptions<T> {
  /** What it decides, as a noun phrase without a full stop; shown in errors and in the reference. */
  desc: string;
  default?: NonNullable<T>;
  /** Used only where NODE_ENV is set to something other than `production`. */
  devDefault?: NonNullable<T>;
  example?: string;
  /** Masked wherever the settings are printed; may also come from the file that `<NAME>_FILE` names. */
  secret?: boolean;
  /** May come from the file that `<NAME>_FILE` names even though it is no secret. */
  fromFile?: boolean;
}

/** One environment variable: how it is read and what is said about it. Made by the functions below, never by hand. */
export interface Setting<T> {
  readonly desc: string;
  /** What a value has to be, worded to follow "must be". */
  readonly expected: string;
  readonly secret: boolean;
  readonly fromFile: boolean;
  readonly example?: string;
  readonly default?: T;
  readonly devDefault?: T;
  readonly _parse: (input: string) => T;
}

/** Settings by the name of their environment variable. */
export type SettingsSpec = Readonly<Record<string, Setting<unknown>>>;

/** The frozen object that a spec reads to. */
export type SettingsOf<S extends SettingsSpec> = {
  readonly [Name in keyof S]: S[Name] extends Setting<infer T> ? T : never;
};

function setting<T>(expected: string, options: SettingOptions<T>, parse: (input: string) => T): Setting<T> {
  const { secret = false, fromFile = secret, ...rest } = options;
  const strict = (input: string): T => parse(input.trim());
  return { ...makeExactValidator<T>(strict)(rest), desc: options.desc, expected, secret, fromFile };
}

function refuse(): never {
  throw new TypeError('value refused');
}

/** Any text that is not empty. */
export function text(options: SettingOptions<string>): Setting<string> {
  return setting('text', options, (input) => input);
}

/** A whole number within the bounds, both included. */
export function integer(options: SettingOptions<number> & { min?: number; max?: number }): Setting<number> {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER, ...rest } = options;
  const bounds = [
    options.min === undefined ? '' : ` from ${options.min}`,
    options.max === undefined ? '' : ` up to ${options.max}`,
  ];
  return setting(`a whole number${bounds.join('')}`, rest, (input) => {
    const value = Number(input);
    return /^-?\d+$/.test(input) && value >= min && value <= max ? value : refuse();
  });
}

/** A number from 0 to 1, both included. */
export function fraction(options: SettingOptions<number>): Setting<number> {
  return setting('a number from 0 to 1', options, (input) => {
    const value = Number(input);
    return /^\d*\.?\d+$/.test(input) && value <= 1 ? value : refuse();
  });
}

/** A TCP port to listen on; 0 lets the operating system choose. */
export function port(options: SettingOptions<number>): Setting<number> {
  return integer({ ...options, min: 0, max: 65_535 });
}

/** `true` or `false`, spelled out, so that a typing error is not taken for a no. */
export function flag(options: SettingOptions<boolean>): Setting<boolean> {
  return setting('true or false', options, (input) => {
    if (input === 'true') return true;
    return input === 'false' ? false : refuse();
  });
}

/** One of the listed words. */
export function oneOf<const C extends readonly string[]>(
  choices: C,
  options: SettingOptions<NoInfer<C[number]>>,
): Setting<C[number]> {
  return setting(`one of ${choices.join(', ')}`, options, (input) => choices.find((c) => c === input) ?? refuse());
}

/** An absolute URL, without a slash at its end. `protocols` without colon; by default http and https. */
export function url(options: SettingOptions<string> & { protocols?: readonly string[] }): Setting<string> {
  const { protocols = ['http', 'https'], ...rest } = options;
  const expected = `an absolute URL with ${protocols.map((p) => `${p}://`).join(' or ')}`;
  return setting(expected, rest, (input) => {
    const accepted = URL.canParse(input) && protocols.includes(new URL(input).protocol.slice(0, -1));
    return accepted ? input.replace(/\/+$/, '') : refuse();
  });
}

/** A comma-separated list with at least one item. `item` and `itemIs` check each: a pattern and what it accepts. */
export function list(
  options: SettingOptions<readonly string[]> & { item?: RegExp; itemIs?: string },
): Setting<readonly string[]> {
  const { item = /./, itemIs = 'text', ...rest } = options;
  return setting(`a comma-separated list of ${itemIs}`, rest, (input) => {
    const items = input.split(',').map((part) => part.trim());
    return items.every((part) => item.test(part)) ? Object.freeze(items) : refuse();
  });
}

/**
 * A PEM block with this label, for example `PUBLIC KEY`, or a file of it by `<NAME>_FILE`. Newlines may be written as
 * `\n`. Only its frame is checked.
 */
export function pem(label: string, options: SettingOptions<string>): Setting<string> {
  return setting(`a PEM block "-----BEGIN ${label}-----"`, { fromFile: true, ...options }, (input) =>
    framedBlock(label, input.replaceAll('\\n', '\n')),
  );
}

/** One or more PEM blocks with this label, one after the other; the order is kept. Otherwise as `pem`. */
export function pems(label: string, options: SettingOptions<readonly string[]>): Setting<readonly string[]> {
  return setting(`one or more PEM blocks "-----BEGIN ${label}-----"`, { fromFile: true, ...options }, (input) => {
    const blocks = input.replaceAll('\\n', '\n').split(/(?<=\n-----END [A-Z ]+-----)\s+/);
    return Object.freeze(blocks.map((block) => framedBlock(label, block)));
  });
}

function framedBlock(label: string, input: string): string {
  const block = input.trim();
  const framed = block.startsWith(`-----BEGIN ${label}-----\n`) && block.endsWith(`\n-----END ${label}-----`);
  return framed ? `${block}\n` : refuse();
}

/** The same setting, but it may be left out: then it reads as undefined. */
export function optional<T>(required: Setting<T>): Setting<T | undefined> {
  return { default: undefined, ...required };
}
