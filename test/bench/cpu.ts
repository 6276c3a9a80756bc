import { existsSync, readFileSync } from 'node:fs';
import { now } from './latencies';

/** The share of one core that this process uses from here on. */
export function cpuOfThisProcess(): () => number {
  const [before, startedAt] = [process.cpuUsage(), now()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000 / (now() - startedAt);
  };
}

/** How Linux counts in /proc, on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/** What the process has used so far, in seconds; not a number where there is no /proc. */
export function cpuSecondsOf(pid: number): number {
  if (!existsSync(`/proc/${pid}/stat`)) return NaN;
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is the name in parentheses, which may hold spaces.
  const [, , , , , , , , , , , user = 0, system = 0] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(user) + Number(system)) / TICKS_PER_SECOND;
}
