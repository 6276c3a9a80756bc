#!/usr/bin/env node
import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { explain } from './exit-codes';
import { operatorProgram } from './program';

// The libraries' log lines are for services; here standard output carries the answer, and a failure is one sentence.
Logger.overrideLogger(false);

async function main(): Promise<number> {
  let exitCode = 0;
  const program = operatorProgram((report, asJson) => {
    process.stdout.write(asJson ? `${JSON.stringify(report.json)}\n` : `${report.text}\n`);
    exitCode = report.hasFindings ? 1 : 0;
  });
  await program.parseAsync();
  return exitCode;
}

main()
  .catch((error: unknown) => {
    const { code, sentence } = explain(error);
    if (sentence !== '') process.stderr.write(`${sentence}\n`);
    return code;
  })
  .then((code) => {
    // A client that was given up keeps sockets and timers; what was written is flushed before the process ends.
    process.stdout.write('', () => process.exit(code));
  })
  .catch(() => process.exit(4));
