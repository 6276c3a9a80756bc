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

interface PlantedSource {
  /** A file of the project, as which the text is linted. */
  file: string;
  source: string;
}

/** Lints each with the project's configuration; answers the rules that it breaks. */
function brokenLintRules(planted: readonly PlantedSource[]): string[][] {
  const program = `
    import { ESLint } from 'eslint';
    const eslint = new ESLint();
    const results = [];
    for (const { file, source } of ${JSON.stringify(planted)}) {
      const [{ messages }] = await eslint.lintText(source, { filePath: file });
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

const readsEnvironment = "import { env } from 'node:process';\nexport const urls = [env.A_URL, process.env.B_URL];\n";

/** Two that are begun in one way, and three times one of each. */
const sentTogether = `
  import { planned } from '@expo-accord/database';
  import { type EntityManager } from 'typeorm';
  async function own(manager: EntityManager): Promise<void> {
    await planned(manager, 'own', 'SELECT 1', []);
  }
  export async function read(manager: EntityManager, mayOwn: boolean): Promise<unknown[]> {
    const asked = planned(manager, 'ask', 'SELECT 2', []);
    const begun = manager.query<unknown>('SELECT 3');
    return [
      await Promise.all([own(manager), asked]),
      await Promise.all([begun, manager.query<unknown>('SELECT 4')]),
      await Promise.all([asked, begun]),
      await Promise.all([own(manager), manager.query<unknown>('SELECT 5')]),
      await Promise.all([mayOwn ? own(manager) : begun]),
    ];
  }
`;

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

  it('let only config.ts read the environment, and keep the order of statements that are sent together', () => {
    const [elsewhere, inConfig, together] = brokenLintRules([
      { file: 'apps/events/src/main.ts', source: readsEnvironment },
      { file: 'apps/events/src/config.ts', source: readsEnvironment },
      { file: 'apps/events/src/app.ts', source: sentTogether },
    ]);
    expect(elsewhere?.sort()).toEqual(['no-restricted-imports', 'no-restricted-properties']);
    expect(inConfig).toEqual([]);
    expect(together).toEqual(Array(3).fill('expo-accord/one-way-together'));
  }, 120_000);

  it('give every service a page that says what it is', () => {
    const services = readdirSync(join(projectRoot(), 'apps'));
    const pages = services.map((name) => join(projectRoot(), 'apps', name, 'README.md'));
    expect(pages.filter((page) => !existsSync(page))).toEqual([]);
    expect(
      pages.filter((page) => existsSync(page) && readFileSync(page, 'utf8').trimEnd().split('\n').length > 40),
    ).toEqual([]);
  });
});
