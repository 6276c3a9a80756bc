import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { stopWhenAsked } from '../../deploy/local/local-program';
import { LocalProblem } from '../../deploy/local/local-problem';
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

/** `npm run bench -- NAME [--seconds S] [--messages N] [--repeats N]`. The last line of standard output is the result as JSON. */
async function main(): Promise<void> {
  try {
    const { name, bench, options } = asked(process.argv.slice(2));
    await run(name, bench, options);
  } catch (error) {
    console.error(error instanceof UsageProblem || error instanceof LocalProblem ? error.message : error);
    process.exitCode = error instanceof UsageProblem ? 2 : 1;
  }
  // Whatever a bench has left running is of no use any more.
  process.exit();
}

function asked(args: string[]): { name: string; bench: Bench; options: BenchOptions } {
  const names = Object.keys(benches).join(', ');
  const [name = '', ...rest] = args;
  const bench = benches[name];
  if (bench === undefined) {
    throw new UsageProblem(`${name === '' ? 'Name a bench' : `There is no bench "${name}"`}: choose one of ${names}.`);
  }
  const given = optionsIn(rest);
  const options = {
    seconds: amount('seconds', given),
    messages: amount('messages', given),
    repeats: amount('repeats', given) ?? REPEATS,
  };
  return { name, bench, options };
}

type Given = Partial<Record<keyof BenchOptions, string>>;

function optionsIn(args: string[]): Given {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args, options: { seconds: text, messages: text, repeats: text } }).values;
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

async function run(name: string, bench: Bench, options: BenchOptions): Promise<void> {
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
  const cleanUps: (() => Promise<void>)[] = [stopInfrastructure];
  const log = (line: string): void => {
    console.error(line);
  };
  const measure = async (): Promise<string> => {
    log('Starting PostgreSQL and Kafka.');
    await provideInfrastructure({ durable: true });
    const atEnd: BenchRun['atEnd'] = (cleanUp) => cleanUps.push(cleanUp);
    return report(name, await bench({ ...options, log, atEnd }));
  };
  try {
    const measuring = measure();
    const result = await Promise.race([measuring, stopped]);
    if (result === 'stopped') {
      measuring.catch(() => undefined);
      process.exitCode = 130;
      return;
    }
    log('Stopping.');
    console.log(result);
  } finally {
    for (const cleanUp of cleanUps.reverse()) await cleanUp().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
