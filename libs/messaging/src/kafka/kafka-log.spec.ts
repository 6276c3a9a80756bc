import { Logger } from '@nestjs/common';
import { logLevel } from 'kafkajs';
import { kafkaLog } from './kafka-log';

describe('what kafkajs logs', () => {
  it('is told, even where it hands over an error for a text', () => {
    const lines: unknown[] = [];
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation((line) => lines.push(line));
    const log = { message: new Error('Closed connection') as never, timestamp: '', logger: 'kafkajs' };
    kafkaLog(logLevel.WARN)({ namespace: 'BrokerPool', level: logLevel.ERROR, label: 'ERROR', log });
    warn.mockRestore();
    expect(lines).toEqual(['BrokerPool: Closed connection']);
  });
});
