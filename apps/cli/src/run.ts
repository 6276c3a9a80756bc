import { explain } from './exit-codes';
import { operatorProgram, type Streams } from './program';

/** Runs one command with the settings of the environment; answers its exit code. */
export async function run(args: readonly string[], streams: Streams): Promise<number> {
  const { stdout, stderr } = streams;
  let exitCode = 0;
  const program = operatorProgram((report, asJson) => {
    stdout.write(asJson ? `${JSON.stringify(report.json)}\n` : `${report.text}\n`);
    exitCode = report.hasFindings ? 1 : 0;
  }, streams);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    const { code, sentence } = explain(error);
    if (sentence !== '') stderr.write(`${sentence}\n`);
    return code;
  }
}
