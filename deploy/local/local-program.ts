import { join } from 'node:path';
import { lockFolder } from './data-lock';
import { demoTenant, type Tenant } from './demo-tenant';
import { prepareFolder } from './disk-space';
import { LocalProblem } from './local-problem';
import { projectRoot } from './project-root';
import { LocalStack, type StackPorts } from './stack';

export interface LocalRun {
  stack: LocalStack;
  tenant: Tenant;
  /** Aborted as soon as the program is to stop: Ctrl-C, SIGTERM, or a part that is gone for good. */
  stopping: AbortSignal;
}

/** An exit code to stop with, or to stay up until somebody stops the program. */
export type Outcome = number | 'stayUp';

/** Those of a start without EXPO_ACCORD_PORT_OFFSET. */
export const usualPorts: StackPorts = {
  gateway: 3000,
  events: 3001,
  registrations: 3002,
  agreements: 3003,
  notifications: 3004,
  smtp: 3025,
  mailReader: 3080,
  postgres: 3432,
  kafka: 3092,
};

/** EXPO_ACCORD_PORT_OFFSET is added to every port, for a machine where some are taken. */
function ports(): StackPorts {
  const given = process.env.EXPO_ACCORD_PORT_OFFSET ?? '0';
  const offset = Number(given);
  if (!/^\d+$/.test(given) || offset > 60_000) {
    throw new LocalProblem(`EXPO_ACCORD_PORT_OFFSET is "${given}", but must be a whole number up to 60000.`);
  }
  return Object.fromEntries(
    Object.entries(usualPorts).map(([name, port]) => [name, port + offset]),
  ) as unknown as StackPorts;
}

/**
 * Runs `work` on a local stack whose data stays in .data (or the folder that EXPO_ACCORD_DATA names), and stops
 * everything in order at the end, at Ctrl-C and at SIGTERM. The process' exit code says how it went.
 */
export async function runLocally(work: (run: LocalRun) => Promise<Outcome>): Promise<void> {
  const folder = process.env.EXPO_ACCORD_DATA ?? join(projectRoot(), '.data/local');
  const stop = stopWhenAsked();
  let lock: Awaited<ReturnType<typeof lockFolder>> | undefined;
  try {
    await prepareFolder(folder, 500);
    lock = await lockFolder(folder);
    process.exitCode = await runOn(folder, stop, work);
  } catch (error) {
    if (!stop.signal.aborted) {
      console.error(error instanceof LocalProblem ? error.message : error);
      process.exitCode = 1;
    }
  } finally {
    lock?.release();
  }
}

/** Aborted at Ctrl-C, at SIGTERM, and when npm that ran this program was killed. */
export function stopWhenAsked(): AbortController {
  const stop = new AbortController();
  // Listened to until the end: a second Ctrl-C, or npm passing the first one on, must not cut the stopping short.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      stop.abort();
    });
  stopWhenOrphaned(stop);
  return stop;
}

/** npm that is killed passes nothing on; whoever killed it wants what it started to stop as well. */
function stopWhenOrphaned(stop: AbortController): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) stop.abort();
  }, 500);
  timer.unref();
}

async function runOn(
  folder: string,
  stop: AbortController,
  work: (run: LocalRun) => Promise<Outcome>,
): Promise<number> {
  const log = (line: string): void => {
    console.log(line);
  };
  const stack = await LocalStack.start({ folder, ports: ports(), log, signal: stop.signal });
  const stopped = new Promise<number>((resolve) => {
    stop.signal.addEventListener('abort', () => {
      resolve(0);
    });
  });
  const broken = stack.broken.then((reason) => {
    console.error(reason);
    stop.abort();
    return 1;
  });
  try {
    const tenant = await demoTenant(stack, folder);
    const outcome = await Promise.race([work({ stack, tenant, stopping: stop.signal }), broken, stopped]);
    if (outcome !== 'stayUp') return outcome;
    announce(stack, tenant, folder);
    return await Promise.race([broken, stopped]);
  } finally {
    console.log('Stopping.');
    await stack.stop();
  }
}

function announce(stack: LocalStack, tenant: Tenant, folder: string): void {
  console.log(
    [
      '',
      `API       ${stack.url}/v1   (readable: ${stack.url}/docs)`,
      `Demo key  ${tenant.key}`,
      `Mails     ${stack.mail.url}`,
      `Database  127.0.0.1:${stack.infrastructure.postgres.port}   Kafka  ${stack.infrastructure.kafka.brokers.join(',')} (PLAIN, users in secrets.json)`,
      `Data      ${folder}   (logs, secrets and mails, too)`,
      '',
      `curl -H 'Authorization: Bearer ${tenant.key}' ${stack.url}/v1/events`,
      'Ctrl-C stops everything; the next start finds the data as it was.',
    ].join('\n'),
  );
}
