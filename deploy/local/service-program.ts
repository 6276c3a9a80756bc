import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { type ServiceName } from '@expo-accord/contracts';
import { LocalProblem } from './local-problem';
import { serviceProgram } from './supervised-service';

const run = promisify(execFile);

/** Runs a program of a service that ends by itself, such as `migrate`; answers its standard output. */
export async function runServiceProgram(
  service: ServiceName,
  program: string,
  args: string[],
  env: Record<string, string>,
  logFile: string,
): Promise<string> {
  try {
    const { stdout, stderr } = await run(process.execPath, [serviceProgram(service, program), ...args], { env });
    appendFileSync(logFile, stderr, { mode: 0o600 });
    return stdout;
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    appendFileSync(logFile, output, { mode: 0o600 });
    throw new LocalProblem(`${service} could not ${program}: ${output.trim().split('\n').slice(-3).join('\n  ')}`);
  }
}
