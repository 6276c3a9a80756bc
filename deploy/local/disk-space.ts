import { mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { isNativeError } from 'node:util/types';
import { hasCode, LocalProblem } from './local-problem';

/** Makes the folder and checks that it can be written to and has room. */
export async function prepareFolder(folder: string, neededMegabytes: number): Promise<void> {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    if (hasCode(error, 'ENOSPC')) throw new LocalProblem(`The disk that holds ${folder} is full.`);
    throw new LocalProblem(
      `The folder ${folder} cannot be made: ${isNativeError(error) ? error.message : 'unknown reason'}.`,
    );
  }
  const disk = await statfs(folder);
  const freeMegabytes = Math.floor((disk.bavail * disk.bsize) / 1024 ** 2);
  if (freeMegabytes < neededMegabytes) {
    throw new LocalProblem(
      `The disk that holds ${folder} has ${freeMegabytes} MB left, and ${neededMegabytes} MB are needed.`,
    );
  }
}
