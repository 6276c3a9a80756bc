import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ServiceName } from '@expo-accord/contracts';
import { LocalProblem } from './local-problem';
import { projectRoot } from './project-root';
import { serviceProgram } from './supervised-service';

const run = promisify(execFile);

/** Runs a program of a service that ends by itself, such as `create-tenant`; answers its standard output. */
export async function runServiceProgram(
  service: ServiceName,
  program: string,
  args: string[],
  env: Record<string, string>,
  logFile: string,
): Promise<string> {
  return runToEnd(run(process.execPath, [serviceProgram(service, program), ...args], { env }), logFile, (output) => {
    return `${service} could not ${program}: ${output}`;
  });
}

/** Schemas and topics of all services, brought up to date. */
export async function prepareServices(
  settings: readonly [ServiceName, Record<string, string>][],
  logFile: string,
): Promise<void> {
  const program = run(process.execPath, [join(projectRoot(), 'dist/deploy/local/prepare-services.js')]);
  program.child.stdin?.end(JSON.stringify(settings));
  await runToEnd(program, logFile, (output) => output);
}

async function runToEnd(
  program: Promise<{ stdout: string; stderr: string }>,
  logFile: string,
  problem: (output: string) => string,
): Promise<string> {
  try {
    const { stdout, stderr } = await program;
    appendFileSync(logFile, stderr, { mode: 0o600 });
    return stdout;
  } catch (error) {
    const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    appendFileSync(logFile, output, { mode: 0o600 });
    throw new LocalProblem(problem(output.trim().split('\n').slice(-3).join('\n  ')));
  }
}
