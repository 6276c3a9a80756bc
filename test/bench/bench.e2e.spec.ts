import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../deploy/local/project-root';

const run = promisify(execFile);

const bench = async (...args: string[]) =>
  run(process.execPath, [join(projectRoot(), 'dist/test/bench/main.js'), ...args]);

// What they come to on a busy machine says nothing: only that they still measure it. `consume`, which starts everything and
// waits for take-overs, takes more time than that is worth.
const runs: { sizes: string[]; figures: Record<string, string[]> }[] = [
  {
    // A backlog that takes more than one send.
    sizes: ['--seconds', '1', '--messages', '1000'],
    figures: {
      messages: ['rawP99Ms', 'p50Ms', 'p99Ms', 'p999Ms', 'ratioP99', 'relayCpu', 'snapshotP99Ms', 'poisonOthersP99Ms'],
      drain: ['perSecond', 'ratioRaw'],
    },
  },
  {
    sizes: ['--messages', '200'],
    figures: {
      bulk: ['linesPerSecond', 'ratioSql', 'importSeconds', 'kafkaSeconds', 'rssMiB', 'acceptedMs'],
      'sign-ups': ['perSecond32', 'p99Ms32', 'ratio32', 'perSecond1', 'ratio1', 'growth', 'lagSeconds'],
      rush: ['seconds', 'confirmed', 'others', 'errors5xx'],
      'check-in': ['perSecond', 'ratioSql', 'breakdownMs'],
      agreements: ['bulkSignMs', 'totalsMs', 'changesPerSecond'],
    },
  },
];

describe('npm run bench', () => {
  // At the same time, because each spends most of it waiting.
  it.concurrent.each(runs)(
    'ends each of several with its figures as JSON (%#)',
    async ({ sizes, figures }) => {
      const { stdout } = await bench(...Object.keys(figures), ...sizes, '--repeats', '1');
      const results = stdout
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      expect(results.map(({ name }) => name)).toEqual(Object.keys(figures));
      for (const [index, names] of Object.values(figures).entries()) {
        for (const name of names) expect([name, typeof results[index]?.[name]]).toEqual([name, 'number']);
      }
    },
    480_000,
  );

  it('says which benches there are when asked for another', async () => {
    await expect(bench('nothing')).rejects.toMatchObject({
      code: 2,
      stderr:
        'There is no bench "nothing": choose one of messages, drain, consume, bulk, sign-ups, rush, check-in, agreements.\n',
    });
  });
});
