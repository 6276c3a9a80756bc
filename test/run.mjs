// `npm test`: every jest project, then one line that says how it went. Arguments are passed on to jest.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'expo-accord-result-'));
const resultFile = join(folder, 'result.json');

const jest = spawn(
  process.execPath,
  ['node_modules/jest/bin/jest.js', '--json', `--outputFile=${resultFile}`, ...process.argv.slice(2)],
  // jest prints the whole result as JSON on its standard output, too; what people read goes to standard error.
  { stdio: ['inherit', 'ignore', 'inherit'] },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => jest.kill(signal));

jest.on('exit', (code) => {
  let passed = 0;
  let failed = 0;
  try {
    const result = JSON.parse(readFileSync(resultFile, 'utf8'));
    passed = result.numPassedTests;
    // A file that could not even be loaded has no tests that could fail.
    failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  } catch {
    console.error('jest ended without a result.');
  }
  rmSync(folder, { recursive: true, force: true });
  if (code !== 0 && failed === 0) failed = 1;
  if (passed + failed === 0) console.error('No test was run.');
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
});
