import { fork } from 'node:child_process';
import { join } from 'node:path';
import { type ServiceName } from '@expo-accord/contracts';
import { WrongUsage } from './exit-codes';

/**
 * Has a program of a service do what only that service knows how to do, as a process of its own with the settings of this
 * one, and answers what it says.
 * @throws WrongUsage where it refuses
 */
export async function askService<Answer extends object>(
  service: ServiceName,
  program: string,
  args: readonly string[],
): Promise<Answer> {
  const path = join(__dirname, '../..', service, `src/${program}.js`);
  const child = fork(path, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let answer: Answer | { readonly refused: string } | undefined;
  let lastWords = '';
  child.on('message', (message) => (answer = message as Answer));
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (lastWords = (lastWords + chunk.toString()).slice(-2_000)));
  }
  await new Promise((ended) => child.once('close', ended));
  if (answer === undefined)
    throw new Error(`The ${program} program of ${service} did not come to its end:\n${lastWords}`);
  if ('refused' in answer) throw new WrongUsage(answer.refused);
  return answer;
}
