import { Logger } from '@nestjs/common';
import { kafkajs } from '../../test/kafkajs-under-test';
import { subscriptionConformance } from '../../test/subscription-conformance';

beforeAll(() => {
  Logger.overrideLogger(false);
});

describe('reading by kafkajs', () => {
  subscriptionConformance(kafkajs);
});
