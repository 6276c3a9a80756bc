import { Logger } from '@nestjs/common';
import { type logCreator, logLevel } from 'kafkajs';

/** What kafkajs tells at INFO is its daily life (joins, stops); what it calls an error, it mostly retries by itself. */
export const kafkaLog: logCreator = () => {
  const logger = new Logger('Kafka');
  return ({ namespace, level, log }) => {
    const { message, timestamp: _, logger: __, stack: ___, ...rest } = log;
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
