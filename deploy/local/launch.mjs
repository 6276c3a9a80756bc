// `node deploy/local/launch.mjs <program below dist> [arguments]`: builds if the sources are newer than the last build
// and then becomes the program. One process for both, so that a signal to npm reaches what has to be stopped.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const stamp = join(root, 'dist/.built');

const newest = (folder) =>
  Math.max(
    0,
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|json)$/.test(entry.name) && !entry.name.endsWith('.spec.ts'))
      .map((entry) => statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs),
  );

const sourcesChangedAt = () =>
  Math.max(
    ...['apps', 'libs', 'deploy', 'test'].map((folder) => newest(join(root, folder))),
    ...['package.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json'].map(
      (file) => statSync(join(root, file)).mtimeMs,
    ),
  );

const program = process.argv[2];
const programFile = join(root, 'dist', program);
const startedAt = new Date();
if (!existsSync(stamp) || !existsSync(programFile) || statSync(stamp).mtimeMs < sourcesChangedAt()) {
  console.log('Building.');
  const build = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (build.status !== 0) {
    console.error('The build failed.');
    process.exit(1);
  }
  // As old as the beginning of the build: what was changed meanwhile is newer.
  writeFileSync(stamp, '');
  utimesSync(stamp, startedAt, startedAt);
}
process.argv.splice(1, 2, programFile);
await import(pathToFileURL(programFile));
