import { inspect } from 'node:util';
import {
  defineSettings,
  flag,
  fraction,
  integer,
  list,
  oneOf,
  optional,
  pem,
  port,
  readSettings,
  SettingsError,
  text,
  url,
} from '.';

const spec = defineSettings({
  DATABASE_URL: url({
    desc: 'address of the database',
    protocols: ['postgres'],
    secret: true,
    example: 'postgres://events:pw@db:5432/expo',
  }),
  DATABASE_POOL_SIZE: integer({ desc: 'connections', min: 1, max: 100, default: 10 }),
  HTTP_PORT: port({ desc: 'port to listen on', default: 3000 }),
  KAFKA_BROKERS: list({ desc: 'brokers', item: /^[^:]+:\d+$/, itemIs: 'host:port', default: ['localhost:9092'] }),
  KAFKA_TLS: flag({ desc: 'whether brokers are reached by TLS', default: false }),
  LOG_LEVEL: oneOf(['error', 'log', 'debug'], { desc: 'least severe entries written', default: 'log' }),
  SAMPLE: fraction({ desc: 'share that is kept', default: 1 }),
  SMTP_FROM: optional(text({ desc: 'sender of mails' })),
  CALLER_TOKEN_PUBLIC_KEY: optional(pem('PUBLIC KEY', { desc: 'key that verifies callers' })),
});

const databaseUrl = 'postgres://events:s3cret@db:5432/expo';
const read = (env: Record<string, string>) => readSettings(spec, { DATABASE_URL: databaseUrl, ...env });

describe('reading settings', () => {
  it('gives typed values, defaults, and undefined for what may be left out', () => {
    const settings = read({ DATABASE_POOL_SIZE: ' 20 ', KAFKA_BROKERS: 'a:1, b:2', KAFKA_TLS: 'true', SMTP_FROM: '' });
    const pool: number = settings.DATABASE_POOL_SIZE;
    const level: 'error' | 'log' | 'debug' = settings.LOG_LEVEL;
    const from: string | undefined = settings.SMTP_FROM;
    expect([pool, level, from, settings.HTTP_PORT, settings.KAFKA_TLS]).toEqual([20, 'log', undefined, 3000, true]);
    expect(settings.KAFKA_BROKERS).toEqual(['a:1', 'b:2']);
  });

  it('takes a share with or without a zero before the point', () => {
    expect(['0.25', '.5', '1'].map((share) => read({ SAMPLE: share }).SAMPLE)).toEqual([0.25, 0.5, 1]);
  });

  it('is frozen, and knows nothing but what was declared', () => {
    const settings = read({ PATH: '/bin', NODE_ENV: 'test' });
    expect(Object.isFrozen(settings)).toBe(true);
    expect(Object.keys(settings).sort()).toEqual(Object.keys(spec).sort());
  });

  it('names a variable that is missing, what it is for and an example', () => {
    expect(() => readSettings(spec, {})).toThrow(
      new SettingsError(
        ['DATABASE_URL'],
        ['DATABASE_URL is missing (address of the database, for example postgres://events:pw@db:5432/expo)'],
      ),
    );
  });

  it.each<[string, string, string]>([
    ['DATABASE_POOL_SIZE', 'ten', 'DATABASE_POOL_SIZE is "ten", but must be a whole number from 1 up to 100.'],
    ['DATABASE_POOL_SIZE', '101', 'DATABASE_POOL_SIZE is "101", but must be a whole number from 1 up to 100.'],
    ['HTTP_PORT', '70000', 'HTTP_PORT is "70000", but must be a whole number from 0 up to 65535.'],
    ['KAFKA_BROKERS', 'a:1,', 'KAFKA_BROKERS is "a:1,", but must be a comma-separated list of host:port.'],
    ['SAMPLE', '1.01', 'SAMPLE is "1.01", but must be a number from 0 to 1.'],
    ['SAMPLE', '-0.1', 'SAMPLE is "-0.1", but must be a number from 0 to 1.'],
    ['KAFKA_TLS', 'yes', 'KAFKA_TLS is "yes", but must be true or false.'],
    ['LOG_LEVEL', 'verbose', 'LOG_LEVEL is "verbose", but must be one of error, log, debug.'],
    [
      'CALLER_TOKEN_PUBLIC_KEY',
      'abc',
      'CALLER_TOKEN_PUBLIC_KEY is "abc", but must be a PEM block "-----BEGIN PUBLIC KEY-----".',
    ],
  ])('says in one sentence what is wrong with %s=%s', (name, value, sentence) => {
    expect(() => read({ [name]: value })).toThrow(sentence);
  });

  it('names all that is wrong at once', () => {
    const attempt = () => read({ KAFKA_TLS: 'yes', HTTP_PORT: '-1' });
    expect(attempt).toThrow(/^HTTP_PORT is .*; KAFKA_TLS is .*\.$/);
  });

  it('never shows a secret: not in an error, not when the settings are printed', () => {
    expect(() => read({ DATABASE_URL: 'mysql://u:s3cret@h/d' })).toThrow(
      'DATABASE_URL is set to something else, but must be an absolute URL with postgres://.',
    );
    const settings = read({});
    expect(settings.DATABASE_URL).toBe(databaseUrl);
    expect(`${JSON.stringify(settings)} ${inspect(settings)}`).not.toContain('s3cret');
    expect(JSON.stringify(settings)).toContain('"DATABASE_URL":"***"');
  });

  it('takes newlines of a PEM block written as \\n', () => {
    const settings = read({ CALLER_TOKEN_PUBLIC_KEY: '-----BEGIN PUBLIC KEY-----\\nMCow\\n-----END PUBLIC KEY-----' });
    expect(settings.CALLER_TOKEN_PUBLIC_KEY).toBe('-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----\n');
  });
});

describe('a secret in a file', () => {
  const files = (path: string) => {
    if (path === '/run/secrets/db') return `${databaseUrl}\n`;
    if (path === '/run/public.pem') return '-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----\n';
    throw new Error('ENOENT');
  };

  it('is read from where <NAME>_FILE points', () => {
    expect(readSettings(spec, { DATABASE_URL_FILE: '/run/secrets/db' }, files).DATABASE_URL).toBe(databaseUrl);
  });

  it('may also be a PEM block that is no secret', () => {
    const env = { DATABASE_URL: databaseUrl, CALLER_TOKEN_PUBLIC_KEY_FILE: '/run/public.pem' };
    expect(readSettings(spec, env, files).CALLER_TOKEN_PUBLIC_KEY).toContain('MCow');
  });

  it.each<[string, Record<string, string>, string]>([
    ['the file is not there', { DATABASE_URL_FILE: '/nowhere' }, 'DATABASE_URL_FILE names a file that cannot be read.'],
    [
      'both are set',
      { DATABASE_URL: databaseUrl, DATABASE_URL_FILE: '/run/secrets/db' },
      'DATABASE_URL and DATABASE_URL_FILE are both set, but only one may be.',
    ],
  ])('is refused when %s', (_what, env, sentence) => {
    expect(() => readSettings(spec, env, files)).toThrow(sentence);
  });
});
