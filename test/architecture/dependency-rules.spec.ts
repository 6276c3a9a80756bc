import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../deploy/local/project-root';
import { innocentFiles, plantedViolations } from './planted-violations';

interface Cruise {
  summary: {
    violations: { from: string; to: string; rule: { name: string } }[];
    ruleSetUsed: { forbidden: { name: string }[] };
  };
}

const config = join(projectRoot(), '.dependency-cruiser.cjs');

/** Runs the real dependency-cruiser with the real rules on a small tree of files, which therefore has to be on disk. */
function cruise(files: Record<string, string>): Cruise['summary'] {
  // Inside the repository, so that packages are found in its node_modules, as they are from the real sources.
  mkdirSync(join(projectRoot(), '.data'), { recursive: true });
  const folder = mkdtempSync(join(projectRoot(), '.data/planted-'));
  try {
    for (const file of ['package.json', 'tsconfig.json']) copyFileSync(join(projectRoot(), file), join(folder, file));
    for (const [file, source] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), source);
    }
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        join(projectRoot(), 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
        ...['--config', config, '--output-type', 'json', 'apps', 'libs', 'deploy', 'test'],
      ],
      { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 },
    );
    if (stdout === '') throw new Error(stderr);
    return (JSON.parse(stdout) as Cruise).summary;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the dependency rules', () => {
  const found = cruise({
    ...innocentFiles,
    ...Object.fromEntries(plantedViolations.map(({ file, source }) => [file, source])),
  });

  it.each(plantedViolations)('$rule catches $file, and no other rule does', ({ rule, file }) => {
    const rules = found.violations.filter(({ from }) => from === file).map(({ rule: { name } }) => name);
    expect([...new Set(rules)]).toEqual([rule]);
  });

  it('find nothing in files that keep them', () => {
    const planted = new Set(plantedViolations.map(({ file }) => file));
    expect(found.violations.filter(({ from }) => !planted.has(from))).toEqual([]);
  });

  it('have a planted violation each', () => {
    const rules = found.ruleSetUsed.forbidden.map(({ name }) => name).sort();
    expect([...new Set(plantedViolations.map(({ rule }) => rule))].sort()).toEqual(rules);
  });
});
