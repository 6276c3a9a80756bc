#!/usr/bin/env node
import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { run } from './run';

// The libraries' log lines are for services; here standard output carries the answer, and a failure is one sentence.
Logger.overrideLogger(false);

void run(process.argv.slice(2), process).then((code) => {
  // A client that was given up keeps sockets and timers; what was written is flushed before the process ends.
  process.stdout.write('', () => process.exit(code));
});
