import { claimPort } from '../../deploy/local/ports';
import { serviceNames } from '../../deploy/local/services';
import { OtlpReceiver } from '../support/otlp-receiver';
import { startTestStack, type TestStack } from '../support/stack';
import { describeLocalStack } from './local-stack';
import { describeReleasedMessages } from './released-messages';
import { describeTraces } from './traces';
import { describeWalls } from './walls';

jest.setTimeout(300_000);

/** To start all services takes longer than any of these: so they share one stack, and begin in the order in which they may. */
describe('one stack', () => {
  const metricsPorts = new Map<string, number>();
  let collector: OtlpReceiver;
  let test: TestStack | undefined;

  beforeAll(async () => {
    collector = await OtlpReceiver.start();
    for (const service of serviceNames) metricsPorts.set(service, await claimPort(`metrics of ${service}`));
    const settings = serviceNames.map((service) => [
      service,
      { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, METRICS_PORT: String(metricsPorts.get(service)) },
    ]);
    test = await startTestStack(Object.fromEntries(settings) as Parameters<typeof startTestStack>[0]);
  });

  afterAll(async () => {
    await test?.stop();
    await collector.stop();
  });

  const stack = (): TestStack => test as TestStack;

  describeTraces(() => ({ test: stack(), collector, metricsPorts }));
  describeWalls(stack);
  describeReleasedMessages(stack);
  describeLocalStack(stack);
});
