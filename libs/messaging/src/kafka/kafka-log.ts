import { Logger } from '@nestjs/common';
import { type logCreator, logLevel } from 'kafkajs';

/** What kafkajs tells at INFO is its daily life (joins, stops); what it calls an error, it mostly retries by itself. */
export const kafkaLog: logCreator = () => {
  const logger = new Logger('Kafka');
  return ({ namespace, level, log }) => {
    const { message: given, timestamp: _, logger: __, stack: ___, ...rest } = log;
    const message = textOf(given);
    if (message.startsWith('Limiting retries for the idempotent producer')) {
      // Meant for those who go on with a producer that failed: ours is discarded.
      return;
    }
    const details = typeof rest.error === 'string' ? `: ${rest.error}` : '';
    const line = `${namespace}: ${message}${details}`;
    if (level === logLevel.ERROR || level === logLevel.WARN) {
      logger.warn(line);
    } else {
      logger.debug(line);
    }
  };
};

/** Whatever its types say, kafkajs hands over the error itself when a broker refuses a login. */
function textOf(given: unknown): string {
  return given instanceof Error ? given.message : String(given);
}
