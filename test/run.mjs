// `npm test`: every jest project, then one line that says how it went. With arguments it is one jest, which gets them.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const given = process.argv.slice(2);
// A journey keeps several processes busy, an integration spec waits for one: so the journeys come first and by two.
const runs =
  given.length > 0
    ? [given]
    : [
        ['--selectProjects', 'journeys', '--maxWorkers=2'],
        ['--selectProjects', 'unit', 'integration', '--maxWorkers=3'],
      ];

const folder = mkdtempSync(join(tmpdir(), 'expo-accord-result-'));
let running;
let isStopped = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    isStopped = true;
    running?.kill(signal);
  });
}

const runJest = (args, resultFile) =>
  new Promise((resolve) => {
    running = spawn(
      process.execPath,
      ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${resultFile}`, ...args],
      // jest prints the whole result as JSON on its standard output, too; what people read goes to standard error.
      { stdio: ['inherit', 'ignore', 'inherit'] },
    );
    running.on('exit', resolve);
  });

let passed = 0;
let failed = 0;
for (const [index, args] of runs.entries()) {
  if (isStopped) break;
  const resultFile = join(folder, `${index}.json`);
  const code = await runJest(args, resultFile);
  const failedBefore = failed;
  try {
    const result = JSON.parse(readFileSync(resultFile, 'utf8'));
    passed += result.numPassedTests;
    // A file that could not even be loaded has no tests that could fail.
    failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
  } catch {
    console.error('jest ended without a result.');
  }
  if (code !== 0 && failed === failedBefore) failed += 1;
}
rmSync(folder, { recursive: true, force: true });
if (isStopped && failed === 0) failed = 1;
if (passed + failed === 0) console.error('No test was run.');
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
