import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../deploy/local/project-root';

const sourceFolders = ['apps', 'libs', 'deploy', 'test'];

const sources = sourceFolders.flatMap((folder) =>
  readdirSync(join(projectRoot(), folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
);

/** A name that says nothing about what is inside attracts everything that has no better place. */
function saysNothing(path: string): boolean {
  return /(^|[/.-])(common|shared|utils?|helpers?|managers?|misc)([/.-]|$)/i.test(path);
}

/** TypeORM's way of changing tables without a migration. */
function synchronizes(source: string): boolean {
  return /\bsynchronize\s*:\s*(?!false\b)\S/.test(source) || /\.synchronize\s*\(/.test(source);
}

/** Lints a source text as if it were each of these files, with the project's configuration; answers the rules that it breaks. */
function brokenLintRules(files: readonly string[], source: string): string[][] {
  const program = `
    import { ESLint } from 'eslint';
    const eslint = new ESLint();
    const results = [];
    for (const filePath of ${JSON.stringify(files)}) {
      const [{ messages }] = await eslint.lintText(${JSON.stringify(source)}, { filePath });
      results.push(messages.map(({ ruleId }) => ruleId));
    }
    console.log(JSON.stringify(results));`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: projectRoot(),
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as string[][];
}

describe('the house rules', () => {
  it('see a file or folder whose name says nothing', () => {
    const banned = [
      'libs/common/src/x.ts',
      'apps/events/src/utils.ts',
      'test/date-helpers.ts',
      'libs/shared',
      'apps/a/src/key.manager.ts',
    ];
    expect(banned.filter((path) => !saysNothing(path))).toEqual([]);
    expect(['apps/events/src/events/event.service.ts', 'libs/http/src/utility-bill.ts'].filter(saysNothing)).toEqual(
      [],
    );
  });

  it('are kept: every file and folder has a name that says what is inside', () => {
    expect(sources.filter(saysNothing)).toEqual([]);
  });

  it('see a table that would be changed without a migration', () => {
    expect(synchronizes('new DataSource({ synchronize: true })')).toBe(true);
    expect(synchronizes('await dataSource.synchronize()')).toBe(true);
    expect(synchronizes('{ synchronize: !production }')).toBe(true);
    expect(synchronizes('{ synchronize: false }')).toBe(false);
  });

  it('are kept: tables change only by migrations', () => {
    const files = sources.filter((path) => path.endsWith('.ts') && !path.startsWith('test/architecture'));
    const offending = files.filter((path) => synchronizes(readFileSync(join(projectRoot(), path), 'utf8')));
    expect(offending).toEqual([]);
  });

  it('let only config.ts read the environment', () => {
    const source = "import { env } from 'node:process';\nexport const urls = [env.A_URL, process.env.B_URL];\n";
    const [elsewhere, inConfig] = brokenLintRules(['apps/events/src/main.ts', 'apps/events/src/config.ts'], source);
    expect(elsewhere?.sort()).toEqual(['no-restricted-imports', 'no-restricted-properties']);
    expect(inConfig).toEqual([]);
  }, 60_000);

  it('give every service a page that says what it is', () => {
    const services = readdirSync(join(projectRoot(), 'apps'));
    const pages = services.map((name) => join(projectRoot(), 'apps', name, 'README.md'));
    expect(pages.filter((page) => !existsSync(page))).toEqual([]);
    expect(
      pages.filter((page) => existsSync(page) && readFileSync(page, 'utf8').trimEnd().split('\n').length > 40),
    ).toEqual([]);
  });
});
