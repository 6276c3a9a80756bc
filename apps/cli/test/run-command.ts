import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { run } from '../src/run';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

const support = join(__dirname, '../../../test/support');

/** Runs `expo-accord` in a process of its own that knows nothing but these settings. */
export async function expoAccordProcess(env: Record<string, string>, ...args: string[]): Promise<Ended> {
  const main = join(__dirname, '../src/main.ts');
  const child = spawn(process.execPath, [join(support, 'run-typescript.cjs'), main, ...args], { env });
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (ended.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (ended.stderr += chunk.toString()));
  return await new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ ...ended, code });
    });
  });
}

/** The same in this process, one at a time, because a process of its own takes a second to start. */
export async function expoAccord(env: Record<string, string>, ...args: string[]): Promise<Ended> {
  const ended = { stdout: '', stderr: '' };
  const collected = (name: 'stdout' | 'stderr') => ({
    write: (text: string): boolean => {
      ended[name] += text;
      return true;
    },
  });
  Logger.overrideLogger(false);
  const environment = jest.replaceProperty(process, 'env', env);
  try {
    const code = await run(args, { stdout: collected('stdout'), stderr: collected('stderr') });
    return { ...ended, code };
  } finally {
    environment.restore();
  }
}

/** The same with `--json`: the one document that came of it, and the exit code. */
export async function answerOf<T extends object>(
  env: Record<string, string>,
  ...args: string[]
): Promise<T & { code: number | null }> {
  const { code, stdout, stderr } = await expoAccord(env, ...args, '--json');
  if (stdout === '') throw new Error(stderr);
  return { ...(JSON.parse(stdout) as T), code };
}
