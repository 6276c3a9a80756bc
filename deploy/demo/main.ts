import { type LocalRun, type Outcome, runLocally } from '../local/local-program';
import { ApiClient } from './api-client';
import { Downstream } from './downstream';
import { deviations, settledOutcome } from './outcome';
import { printOutcome } from './outcome-table';
import { Progress } from './progress';
import { replayReports } from './reports/replay';
import { simulate } from './simulation/simulation';

/**
 * `npm run demo`: enters five reports and a simulation through the public API and shows what came of it; then stays up,
 * or with `--exit` stops, with 0 when the figures are right.
 */
async function demonstrate({ stack, tenant }: LocalRun): Promise<Outcome> {
  const api = new ApiClient(stack.url, tenant.key);
  const progress = new Progress();
  const downstream = await Downstream.listen(api);
  try {
    const reports = await replayReports(api, progress);
    const simulation = await simulate(api, progress);
    const outcome = await progress.step('Statistics, webhooks and mails arrive', () =>
      settledOutcome({
        api,
        reports,
        simulation,
        kafka: stack.kafkaSettingsOf('admin'),
        rejectedWebhooks: () => downstream.receiver.rejected,
        mails: stack.mail.mails,
      }),
    );
    printOutcome(outcome);
    const wrong = deviations(outcome);
    for (const deviation of wrong) console.error(`Differs: ${deviation}`);
    if (process.argv.includes('--exit')) return wrong.length === 0 ? 0 : 1;
    return 'stayUp';
  } finally {
    await downstream.stop();
  }
}

void runLocally(demonstrate);
