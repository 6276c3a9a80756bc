import { fork } from 'node:child_process';
import { join } from 'node:path';
import { type ServiceName } from '@expo-accord/contracts';
import { type RebuildAnswer, type Rebuilt } from '@expo-accord/messaging';
import { WrongUsage } from '../exit-codes';

/**
 * Has the program of the consumer's service rebuild its read model: only that knows the handlers. It runs as a process of
 * its own with the settings of this one.
 * @throws WrongUsage where it refuses
 */
export async function rebuild(service: ServiceName, consumer: string): Promise<Rebuilt> {
  const program = join(__dirname, '../../..', service, 'src/rebuild.js');
  const child = fork(program, [consumer], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let answer: RebuildAnswer | undefined;
  let lastWords = '';
  child.on('message', (message) => (answer = message as RebuildAnswer));
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => (lastWords = (lastWords + chunk.toString()).slice(-2_000)));
  }
  await new Promise((ended) => child.once('close', ended));
  if (answer === undefined) throw new Error(`The rebuild ended before the switch, and changed nothing:\n${lastWords}`);
  if ('refused' in answer) throw new WrongUsage(answer.refused);
  return answer;
}
