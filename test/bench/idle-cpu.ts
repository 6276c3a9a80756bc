import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { serviceNames } from '../../deploy/local/services';
import { type BenchRun } from './bench';
import { cpuSecondsOfServices } from './cpu';
import { now } from './latencies';

const WINDOWS = 3;
/** Until what happens at the start is over. */
const SETTLING_MS = 10_000;

/** The share of a core that the five services use together when nothing happens; none where there is no /proc. */
export async function idleCpu({ log, stack }: BenchRun, seconds: number): Promise<number[]> {
  if (!existsSync('/proc/self/stat')) return [];
  log('The five services, idle.');
  const running = await stack();
  await delay(Math.min(SETTLING_MS, seconds * 1_000));
  const shares: number[] = [];
  for (let window = 0; window < WINDOWS; window += 1) {
    const [before, startedAt] = [cpuSecondsOfServices(running.stack), now()];
    await delay((seconds / WINDOWS) * 1_000);
    const used = cpuSecondsOfServices(running.stack).map((after, at) => after - (before[at] ?? 0));
    shares.push((used.reduce((sum, one) => sum + one, 0) / (now() - startedAt)) * 1_000);
    log(serviceNames.map((name, at) => `${name} ${((used[at] ?? 0) / (seconds / WINDOWS)).toFixed(4)}`).join(', '));
  }
  return shares;
}
