import { types } from 'node:util';

/** What a log line may say about an error. */
export interface ErrorDescription {
  name: string;
  message: string;
  code?: string;
  constraint?: string;
  stack?: string;
}

/**
 * PostgreSQL quotes the offending values in its messages, and a value may be a registrant's address; so of a database
 * error only the SQLSTATE, the constraint and the place in our code are told.
 */
export function describeError(error: unknown): ErrorDescription {
  // Node's own errors may come from another realm than this module; Fastify's are made by a function, so not native.
  if (!(error instanceof Error) && !types.isNativeError(error)) {
    return { name: typeof error, message: 'a value that is no Error was thrown' };
  }
  const frames = stackFrames(error);
  const sqlState = sqlStateOf(error);
  if (sqlState !== undefined) {
    const constraint = textField(error, 'constraint') ?? textField(fieldOf(error, 'driverError'), 'constraint');
    return {
      name: error.name,
      message: `PostgreSQL answered ${sqlState}`,
      code: sqlState,
      ...(constraint === undefined ? {} : { constraint }),
      stack: frames,
    };
  }
  const code = textField(error, 'code');
  return { name: error.name, message: error.message, ...(code === undefined ? {} : { code }), stack: frames };
}

function sqlStateOf(error: Error): string | undefined {
  const code = textField(fieldOf(error, 'driverError'), 'code') ?? textField(error, 'code');
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) && /\d/.test(code) ? code : undefined;
}

function stackFrames(error: Error): string {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n');
}

function fieldOf(value: unknown, field: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[field] : undefined;
}

function textField(value: unknown, field: string): string | undefined {
  const found = fieldOf(value, field);
  return typeof found === 'string' ? found : undefined;
}
