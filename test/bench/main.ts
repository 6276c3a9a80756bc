import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stopWhenAsked } from '../../deploy/local/local-program';
import { LocalProblem } from '../../deploy/local/local-problem';
import { startTestStack, type TestStack } from '../support/stack';
import { provideInfrastructure } from '../support/start-infrastructure';
import stopInfrastructure from '../support/stop-infrastructure';
import { agreements } from './agreements';
import { type Bench, type BenchOptions, type BenchRun } from './bench';
import { bulk } from './bulk';
import { checkIn } from './check-in';
import { consume } from './consume';
import { drain } from './drain';
import { messages } from './messages';
import { report } from './report';
import { rush } from './rush';
import { signUps } from './sign-ups';

const benches: Readonly<Record<string, Bench>> = {
  messages,
  drain,
  consume,
  bulk,
  'sign-ups': signUps,
  rush,
  'check-in': checkIn,
  agreements,
};

const REPEATS = 3;

/** What was typed makes no sense; the message is the one sentence that is shown. */
class UsageProblem extends Error {}

/**
 * `npm run bench -- NAME... [--seconds S] [--messages N] [--repeats N]`. The last line that each writes to standard output is
 * its result as JSON.
 */
async function main(): Promise<void> {
  try {
    const { chosen, options } = asked(process.argv.slice(2));
    await run(chosen, options);
  } catch (error) {
    console.error(error instanceof UsageProblem || error instanceof LocalProblem ? error.message : error);
    process.exitCode = error instanceof UsageProblem ? 2 : 1;
  }
  // Whatever a bench has left running is of no use any more.
  process.exit();
}

type Chosen = readonly (readonly [name: string, bench: Bench])[];

function asked(args: string[]): { chosen: Chosen; options: BenchOptions } {
  const { names, given } = wordsIn(args);
  const known = Object.keys(benches).join(', ');
  if (names.length === 0) throw new UsageProblem(`Name a bench: choose one of ${known}.`);
  const chosen = names.map((name) => {
    const bench = benches[name];
    if (bench === undefined) throw new UsageProblem(`There is no bench "${name}": choose one of ${known}.`);
    return [name, bench] as const;
  });
  const options = {
    seconds: amount('seconds', given),
    messages: amount('messages', given),
    repeats: amount('repeats', given) ?? REPEATS,
  };
  return { chosen, options };
}

type Given = Partial<Record<keyof BenchOptions, string>>;

function wordsIn(args: string[]): { names: string[]; given: Given } {
  const text = { type: 'string' } as const;
  try {
    const options = { seconds: text, messages: text, repeats: text };
    const { positionals, values } = parseArgs({ args, options, allowPositionals: true });
    return { names: positionals, given: values };
  } catch (error) {
    throw new UsageProblem((error as Error).message);
  }
}

function amount(option: keyof BenchOptions, given: Given): number | undefined {
  const value = given[option];
  if (value !== undefined && !/^[1-9]\d{0,8}$/.test(value)) {
    throw new UsageProblem(`--${option} has to be a whole number from 1, not "${value}".`);
  }
  return value === undefined ? undefined : Number(value);
}

async function run(chosen: Chosen, options: BenchOptions): Promise<void> {
  const stop = stopWhenAsked();
  const stopped = new Promise<'stopped'>((resolve) => {
    stop.signal.addEventListener('abort', () => {
      resolve('stopped');
    });
  });
  const folder = mkdtempSync(join(tmpdir(), 'expo-accord-bench-'));
  // PostgreSQL may run under an account of its own, which has to pass through.
  chmodSync(folder, 0o711);
  process.env.TMPDIR = folder;
  const cleanUps: (() => Promise<void>)[] = [];
  const cleanUp = async (): Promise<void> => {
    for (const one of cleanUps.splice(0).reverse()) await one().catch(() => undefined);
  };
  const log = (line: string): void => {
    console.error(line);
  };
  let services: Promise<TestStack> | undefined;
  const measure = async (): Promise<void> => {
    log('Starting PostgreSQL and Kafka.');
    await provideInfrastructure({ durable: true });
    const atEnd: BenchRun['atEnd'] = (one) => cleanUps.push(one);
    const stack: BenchRun['stack'] = () => (services ??= startTestStack());
    for (const [name, bench] of chosen) {
      const outcome = await bench({ ...options, log, atEnd, stack });
      await cleanUp();
      console.log(report(name, outcome));
    }
  };
  try {
    const measuring = measure();
    if ((await Promise.race([measuring, stopped])) === 'stopped') {
      measuring.catch(() => undefined);
      process.exitCode = 130;
    }
  } finally {
    log('Stopping.');
    await cleanUp();
    await services?.then(({ stop }) => stop()).catch(() => undefined);
    await stopInfrastructure().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
