import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Infrastructure } from './infrastructure';
import { LocalProblem } from './local-problem';
import { newSecrets } from './secrets';

/**
 * Keeps one PostgreSQL and one Kafka running for many test runs: `node dist/deploy/local/run-infrastructure.js <folder>`.
 * The file <folder>/infrastructure.json says where they are; EXPO_ACCORD_TEST_INFRASTRUCTURE names it to the tests.
 */
async function main(): Promise<void> {
  const folder = resolve(process.argv[2] ?? '.data/test-infrastructure');
  // Nothing in a test infrastructure is worth keeping, so each run begins with an empty one.
  for (const part of ['postgres', 'kafka']) rmSync(join(folder, part), { recursive: true, force: true });
  const stopped = new Promise<void>((resolveStopped) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        resolveStopped();
      });
  });
  const infrastructure = await Infrastructure.start({
    folder,
    ...newSecrets(),
    durable: false,
    open: true,
  });
  const file = join(folder, 'infrastructure.json');
  writeFileSync(file, JSON.stringify(infrastructure.address, undefined, 2), { mode: 0o600 });
  console.log(`PostgreSQL and Kafka are ready.\nexport EXPO_ACCORD_TEST_INFRASTRUCTURE=${file}`);
  const ended = Promise.race(infrastructure.processes.map((one) => one.exited));
  const waiting = setInterval(() => undefined, 60_000);
  await Promise.race([stopped, ended]);
  clearInterval(waiting);
  for (const one of infrastructure.processes) console.log(one.epitaph() ?? `Stopping ${one.name}.`);
  await infrastructure.stop();
  rmSync(file, { force: true });
}

main().catch((error: unknown) => {
  console.error(error instanceof LocalProblem ? error.message : error);
  process.exitCode = 1;
});
