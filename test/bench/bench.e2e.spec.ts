import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../deploy/local/project-root';

const run = promisify(execFile);

const bench = async (...args: string[]) =>
  run(process.execPath, [join(projectRoot(), 'dist/test/bench/main.js'), ...args]);

// What they come to on a busy machine says nothing: only that they still measure it. `consume`, which starts everything and
// waits for take-overs, takes more time than that is worth.
const benches = {
  messages: {
    count: 2_000,
    figures: ['rawP99Ms', 'p50Ms', 'p99Ms', 'p999Ms', 'ratioP99', 'relayCpu', 'snapshotP99Ms', 'poisonOthersP99Ms'],
  },
  drain: { count: 2_000, figures: ['perSecond', 'ratioRaw'] },
  bulk: {
    count: 1_000,
    figures: ['linesPerSecond', 'ratioSql', 'importSeconds', 'kafkaSeconds', 'rssMiB', 'acceptedMs'],
  },
  'sign-ups': {
    count: 500,
    figures: ['perSecond32', 'p99Ms32', 'ratio32', 'perSecond1', 'ratio1', 'growth', 'lagSeconds'],
  },
  rush: { count: 100, figures: ['seconds', 'confirmed', 'others', 'errors5xx'] },
  'check-in': { count: 500, figures: ['perSecond', 'ratioSql', 'breakdownMs'] },
  agreements: { count: 200, figures: ['bulkSignMs', 'totalsMs', 'changesPerSecond'] },
};

describe('npm run bench', () => {
  // At the same time, because each spends most of it waiting.
  it.concurrent.each(Object.entries(benches))(
    '%s ends with its figures as JSON',
    async (name, { count, figures }) => {
      const { stdout } = await bench(name, '--seconds', '1', '--messages', String(count), '--repeats', '1');
      const last = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>;
      expect(last.name).toBe(name);
      for (const figure of figures) expect([figure, typeof last[figure]]).toEqual([figure, 'number']);
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
