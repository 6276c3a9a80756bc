import { Logger } from '@nestjs/common';
import { publisherConformance } from '../../test/publisher-conformance';
import { kafkajs } from '../../test/kafkajs-under-test';

beforeAll(() => {
  Logger.overrideLogger(false);
});

describe('publishing by kafkajs', () => {
  publisherConformance(kafkajs);
});
