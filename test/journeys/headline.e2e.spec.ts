import { ApiClient } from '../../deploy/demo/api-client';
import { Downstream } from '../../deploy/demo/downstream';
import { deviations, type Outcome, settledFigures, settledOutcome } from '../../deploy/demo/outcome';
import { type ReplayedReports, replayReports } from '../../deploy/demo/reports/replay';
import { simulate, type Simulation } from '../../deploy/demo/simulation/simulation';
import { runServiceProgram } from '../../deploy/local/service-program';
import { type ServiceName } from '@expo-accord/contracts';
import { startTestStack, type TestStack } from '../support/stack';
import { describeFactsOfReports } from './facts-of-reports';
import { KillingProgress } from './killing-progress';

jest.setTimeout(600_000);

const everyService: ServiceName[] = ['registrations', 'events', 'agreements', 'notifications', 'gateway'];

describe('the report’s series and a simulation at its scale', () => {
  let test: TestStack;
  let api: ApiClient;
  let downstream: Downstream;
  let reports: ReplayedReports;
  let simulation: Simulation;
  let progress: KillingProgress;
  let first: Outcome;

  const surroundings = () => ({
    api,
    reports,
    simulation,
    kafka: test.stack.kafkaSettingsOf('admin'),
    rejectedWebhooks: () => downstream.receiver.rejected,
    mails: test.stack.mail.mails,
  });

  beforeAll(async () => {
    test = await startTestStack();
    api = new ApiClient(test.url, (await test.tenant('Headline')).key);
    downstream = await Downstream.listen(api);
    progress = new KillingProgress(test.stack, [...everyService]);
    reports = await replayReports(api, progress);
    simulation = await simulate(api, progress);
    first = await settledOutcome(surroundings());
  });

  afterAll(async () => {
    await downstream.stop();
    await test.stop();
  });

  describeFactsOfReports(() => reports);

  it('comes out right although each service was killed while it went on', () => {
    expect(progress.killed).toEqual(everyService);
    expect(test.log.filter((line) => line.includes('started again'))).toEqual([]);
    expect(deviations(first)).toEqual([]);
  });

  it('says so in valid CloudEvents that carry no registrant, one message for each thing that happened', () => {
    expect(first.messages.problems).toEqual([]);
    expect(first.messages.countsByType.get('expo-accord.registration.registered.v1')).toBe(100_000);
    expect(first.messages.countsByType.get('expo-accord.contact.recorded.v1')).toBe(12);
  });

  it('is the same after everything was sent again', async () => {
    await replayReports(api, progress);
    const again = await simulate(api, progress);
    expect(again.outcomes).toEqual({
      created: 0,
      unchanged: 100_000,
      updated: 0,
      waitlisted: 0,
      erased: 0,
      refused: 0,
    });
    const outcome = await settledOutcome(surroundings());
    expect(deviations(outcome)).toEqual([]);
    expect(outcome.messages.countsByType).toEqual(first.messages.countsByType);
  });

  it('is the same after the read model was rebuilt from the topics', async () => {
    const settings = test.stack.settingsOf('events');
    await runServiceProgram('events', 'rebuild', ['events.statistics'], settings, '/dev/null');
    // It says nothing to anybody, so what is on the topics is what was there before.
    const figures = await settledFigures(surroundings());
    expect(deviations({ ...figures, messages: first.messages })).toEqual([]);
  });
});
