import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from '../../deploy/demo/api-client';
import { lockFolder } from '../../deploy/local/data-lock';
import { usualPorts } from '../../deploy/local/local-program';
import { claimPort } from '../../deploy/local/ports';
import { projectRoot } from '../../deploy/local/project-root';
import { waitFor } from '../../deploy/local/waiting';

interface Ended {
  code: number | null;
  output: string;
}

const programs = join(projectRoot(), 'dist/deploy/local');

function started(program: string, args: string[], env: Record<string, string | undefined>): ChildProcess {
  return spawn(process.execPath, [join(programs, program), ...args], { env: { ...process.env, ...env } });
}

async function ended(child: ChildProcess): Promise<Ended> {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return await new Promise((resolve) =>
    child.once('close', (code) => {
      resolve({ code, output });
    }),
  );
}

/** Processes that have the folder on their command line, as PostgreSQL and Kafka do. */
function processesOn(folder: string): Promise<string[]> {
  const ps = spawn('ps', ['-eo', 'pid=,args=']);
  return ended(ps).then(({ output }) => output.split('\n').filter((line) => line.includes(folder)));
}

/** What to add to every usual port so that none of them is taken, below those that others claim. */
async function freeOffset(): Promise<number> {
  for (;;) {
    const offset = randomInt(10_000, 16_000);
    const claims = Object.entries(usualPorts).map(([name, port]) => claimPort(name, port + offset));
    if ((await Promise.allSettled(claims)).every(({ status }) => status === 'fulfilled')) return offset;
  }
}

interface Running {
  url: string;
  key: string;
  ended: Promise<Ended>;
  child: ChildProcess;
}

/** `npm start` as npm runs it, until it says where it is. */
async function running(folder: string, offset: number): Promise<Running> {
  const child = started('start.js', [], { EXPO_ACCORD_DATA: folder, EXPO_ACCORD_PORT_OFFSET: String(offset) });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ending = ended(child);
  const key = await waitFor('the start', () => /Demo key +(\S+)/.exec(said)?.[1], {
    timeoutMs: 120_000,
    givenUp: () => (child.exitCode === null ? undefined : said),
  });
  return { url: `http://127.0.0.1:${usualPorts.gateway + offset}`, key, ended: ending, child };
}

describe('starting on this machine', () => {
  let folder: string;

  beforeEach(() => {
    if (!existsSync(join(programs, 'start.js')))
      throw new Error('These programs run from dist: run npm run build first.');
    folder = mkdtempSync(join(tmpdir(), 'expo-accord-start-'));
    chmodSync(folder, 0o711);
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('says in one sentence that it is running already', async () => {
    const lock = await lockFolder(folder);
    const { code, output } = await ended(started('start.js', [], { EXPO_ACCORD_DATA: folder }));
    lock.release();
    expect([code, output.trim()]).toEqual([
      1,
      `expo-accord is already running on ${folder}: stop it first, or use it as it is.`,
    ]);
  });

  it('says in one sentence that Java is missing', async () => {
    const path = join(folder, 'bin');
    mkdirSync(path);
    for (const tool of ['id', 'stat']) symlinkSync(`/usr/bin/${tool}`, join(path, tool));
    const env = { EXPO_ACCORD_DATA: join(folder, 'data'), PATH: path };
    const { code, output } = await ended(started('start.js', [], env));
    expect([code, output.trim().split('\n').at(-1)]).toEqual([
      1,
      'Java is missing: the local Kafka broker needs Java 17 or newer on the PATH.',
    ]);
    expect(await processesOn(folder)).toEqual([]);
  });

  it('says in one sentence that a port is in use', async () => {
    const port = await claimPort('this spec');
    const server = createServer().listen(port, '127.0.0.1');
    const env = { EXPO_ACCORD_DATA: join(folder, 'data'), EXPO_ACCORD_PORT_OFFSET: String(port - 3000) };
    const { code, output } = await ended(started('start.js', [], env));
    server.close();
    expect([code, output.trim().split('\n').at(-1)]).toEqual([
      1,
      `Port ${port} for the gateway is in use: stop what listens there, or choose another port.`,
    ]);
    expect(await processesOn(folder)).toEqual([]);
  });

  it('stops everything at Ctrl-C, and finds the data as it was at the next start', async () => {
    const offset = await freeOffset();
    const first = await running(folder, offset);
    const series = { kind: 'forum', names: { original: 'en', texts: { en: 'A forum' } } };
    const { id } = await new ApiClient(first.url, first.key).post('/v1/series', series);
    first.child.kill('SIGINT');
    expect((await first.ended).code).toBe(0);
    expect(await processesOn(folder)).toEqual([]);
    const second = await running(folder, offset);
    expect(second.key).toBe(first.key);
    expect(await new ApiClient(second.url, second.key).get(`/v1/series/${String(id)}`)).toMatchObject(series);
    second.child.kill('SIGINT');
    expect((await second.ended).code).toBe(0);
    expect(await processesOn(folder)).toEqual([]);
  }, 240_000);

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'leaves no process behind at %s',
    async (signal) => {
      const child = started('run-infrastructure.js', [folder], {});
      const ending = ended(child);
      await waitFor('the infrastructure', () => existsSync(join(folder, 'infrastructure.json')) || undefined, {
        timeoutMs: 60_000,
      });
      expect((await processesOn(folder)).join('\n')).toMatch(/postgres -D[^]*kafka\.Kafka|kafka\.Kafka[^]*postgres -D/);
      child.kill(signal);
      const { code } = await ending;
      expect(code).toBe(signal === 'SIGTERM' ? 0 : null);
      const left = async (): Promise<true | undefined> => ((await processesOn(folder)).length === 0 ? true : undefined);
      await waitFor('the end of PostgreSQL and Kafka', left, { timeoutMs: 30_000 });
      expect(readFileSync(join(folder, 'postgres/postgres.log'), 'utf8')).toContain('database system is shut down');
    },
    120_000,
  );
});
