import { now } from './latencies';

/** The share of one core that this process uses from here on. */
export function cpuOfThisProcess(): () => number {
  const [before, startedAt] = [process.cpuUsage(), now()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000 / (now() - startedAt);
  };
}
