import { JsonLogger, type LogLevel } from './json-logger';
import { runInContext } from './request-context';

function logged(level: LogLevel, work: (logger: JsonLogger) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  work(new JsonLogger({ service: 'events', level, write: (line) => lines.push(line) }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('the log', () => {
  it('has one JSON object a line, with service, context and the request it belongs to', () => {
    const [line] = logged('log', (logger) => {
      const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
      runInContext({ requestId: 'r-1', tenantId: 't-1', traceparent }, () => {
        logger.log('Started', { port: 3000 }, 'Http');
      });
    });
    expect(line).toMatchObject({
      level: 'log',
      service: 'events',
      message: 'Started',
      port: 3000,
      context: 'Http',
      requestId: 'r-1',
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      tenantId: 't-1',
    });
  });

  it('leaves out what is less severe than the level', () => {
    const lines = logged('warn', (logger) => {
      logger.log('a');
      logger.debug('b');
      logger.error('c');
    });
    expect(lines.map(({ message }) => message)).toEqual(['c']);
  });

  it('never repeats the values that PostgreSQL quotes', () => {
    const error = Object.assign(new Error('invalid input syntax for type uuid: "kim@example.com"'), {
      code: '22P02',
      constraint: 'registration_pkey',
      detail: 'Key (email)=(kim@example.com)',
    });
    const [line] = logged('log', (logger) => {
      logger.error('It failed', error);
    });
    expect(JSON.stringify(line)).not.toContain('kim@');
    expect(line?.['error']).toMatchObject({ code: '22P02', constraint: 'registration_pkey' });
  });
});
