import { existsSync, readFileSync } from 'node:fs';
import { type LocalStack } from '../../deploy/local/stack';
import { serviceNames } from '../../deploy/local/services';
import { now } from './latencies';

/** How Linux counts in /proc, on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/** The share of one core that this process uses from here on. */
export function cpuOfThisProcess(): () => number {
  const [before, startedAt] = [process.cpuUsage(), now()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000 / (now() - startedAt);
  };
}

/** Seconds of a core that each of the five services has used, in the order of their names; NaN where there is no /proc. */
export function cpuSecondsOfServices(stack: LocalStack): number[] {
  return serviceNames.map((name) => cpuSecondsOf(stack.service(name).pid ?? 0));
}

/** What the process has used so far, in seconds; not a number where there is no /proc. */
export function cpuSecondsOf(pid: number): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return NaN;
  const stat = readFileSync(file, 'utf8');
  // The second field is the name in parentheses, which may hold spaces.
  const [, , , , , , , , , , , user = 0, system = 0] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(user) + Number(system)) / TICKS_PER_SECOND;
}
