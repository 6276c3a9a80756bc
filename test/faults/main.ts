import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { lockFolder } from '../../deploy/local/data-lock';
import { prepareFolder } from '../../deploy/local/disk-space';
import { LocalProblem } from '../../deploy/local/local-problem';
import { projectRoot } from '../../deploy/local/project-root';
import { type FaultReport, runFaults } from './run';

const mostSeconds = 3_600;
const neededMegabytes = 1_000;
const shownFindings = 40;

/** `npm run faults -- --seed 7 --seconds 60`: exits with 0 only if nothing was lost, doubled or reordered. */
async function main(): Promise<void> {
  const seed = wholeNumber('seed', options().seed, 0, 2 ** 31 - 1);
  const seconds = wholeNumber('seconds', options().seconds, 5, mostSeconds);
  const folder = join(projectRoot(), '.data/faults');
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      stop.abort();
    });
  }
  await prepareFolder(folder, neededMegabytes);
  const lock = await lockFolder(folder);
  try {
    for (const part of ['postgres', 'kafka', 'mails', 'logs'])
      rmSync(join(folder, part), { recursive: true, force: true });
    const startedAt = Date.now();
    const log = (line: string): void => {
      console.log(`${String(Math.round((Date.now() - startedAt) / 1_000)).padStart(4)} s  ${line}`);
    };
    const report = await runFaults({ seed, seconds, folder, log, signal: stop.signal });
    tell(report, { seed, seconds, folder });
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    console.log('Stopped.');
    process.exitCode = 1;
  } finally {
    lock.release();
  }
}

function options(): { seed: string; seconds: string } {
  try {
    const { values } = parseArgs({
      options: { seed: { type: 'string', default: '1' }, seconds: { type: 'string', default: '60' } },
    });
    return values;
  } catch (error) {
    throw new LocalProblem(
      `${error instanceof Error ? error.message : ''} Usage: npm run faults -- --seed 7 --seconds 60`,
    );
  }
}

function wholeNumber(name: string, given: string, least: number, most: number): number {
  const number = Number(given);
  if (/^\d+$/.test(given) && number >= least && number <= most) return number;
  throw new LocalProblem(`--${name} is "${given}", but must be a whole number from ${least} to ${most}.`);
}

function tell(report: FaultReport, run: { seed: number; seconds: number; folder: string }): void {
  const { blows, deliveries, findings } = report;
  const table = new Table({ head: ['what', 'count'], style: { head: [], border: [] } });
  table.push(
    ...Object.entries(blows.kills).map(([kind, count]) => [`kill -9: ${kind}`, count]),
    ...Object.entries(blows.others).map(([kind, count]) => [`other: ${kind}`, count]),
    ['services that crashed by themselves', report.crashes],
    ['requests, and tries', `${report.requests}, ${report.tries}`],
    ['requests without an answer', report.unanswered],
    ['aggregates', report.aggregates],
    ['messages, and repetitions', `${report.messages}, ${report.repeatedMessages}`],
    ['webhooks, and repetitions', `${deliveries.webhooks}, ${deliveries.repeatedWebhooks}`],
    ['mails, and repetitions', `${deliveries.mails}, ${deliveries.repeatedMails}`],
    ['at rest after', `${(report.settledInMs / 1_000).toFixed(1)} s`],
    ['findings', findings.length],
  );
  console.log(table.toString());
  for (const { kind, about, detail } of findings.slice(0, shownFindings)) console.log(`${kind}: ${about}: ${detail}`);
  const ok = findings.length === 0;
  if (!ok) console.log(`Data and logs are in ${run.folder}.`);
  const { findings: found, blows: given, ...counts } = report;
  const foundByKind = Object.fromEntries(
    ['loss', 'reordering', 'double', 'difference', 'refusal', 'stuck'].map((kind) => [
      kind,
      found.filter((finding) => finding.kind === kind).length,
    ]),
  );
  console.log(JSON.stringify({ seed: run.seed, seconds: run.seconds, ...given, ...counts, found: foundByKind, ok }));
  process.exitCode = ok ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof LocalProblem ? error.message : error);
  process.exitCode = 1;
});
