import { parseArgs } from 'node:util';
import { startProcess } from '@expo-accord/http';
import { createApp } from './app';
import { loadConfig } from './config';
import { QuotaService } from './tickets/quota.service';

/** Counts who holds a place in each quota, puts right what is wrong with `--repair`, and answers whoever forked it. */
startProcess('registrations', async () => {
  const { values } = parseArgs({ options: { event: { type: 'string' }, repair: { type: 'boolean', default: false } } });
  // Never started, and beside the service, whose port for metrics is taken: what it says the service's relay sends.
  const app = await createApp({ ...loadConfig(), METRICS_PORT: undefined });
  const answer = await app.get(QuotaService).recountAll(values.event ?? null, values.repair);
  if (process.send !== undefined) {
    await new Promise((sent) => process.send?.(answer, undefined, undefined, sent));
  }
  process.exit(0);
});
