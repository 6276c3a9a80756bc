import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { hasCode, LocalProblem } from './local-problem';

/**
 * Only one program may run on a data folder. The lock is a local socket rather than a file with a process id: it
 * vanishes with its owner, however that ends, and no later process can be mistaken for it.
 */
export async function lockFolder(folder: string): Promise<{ release: () => void }> {
  const digest = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16);
  const path =
    process.platform === 'win32' ? `\\\\.\\pipe\\expo-accord-${digest}` : join(tmpdir(), `expo-accord-${digest}.sock`);
  const server = (await listening(path)) ?? (await takeOver(path));
  if (server === undefined) {
    throw new LocalProblem(`expo-accord is already running on ${folder}: stop it first, or use it as it is.`);
  }
  server.unref();
  return { release: () => void server.close() };
}

async function listening(path: string): Promise<Server | undefined> {
  return await new Promise((resolveServer, reject) => {
    const server = createServer((socket) => socket.end());
    server.once('error', (error) => {
      if (hasCode(error, 'EADDRINUSE')) resolveServer(undefined);
      else reject(error);
    });
    server.listen(path, () => {
      resolveServer(server);
    });
  });
}

/** A socket file that nobody answers was left by a program that was killed. */
async function takeOver(path: string): Promise<Server | undefined> {
  const answered = await new Promise<boolean>((resolveAnswer) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolveAnswer(true);
    });
    socket.once('error', () => {
      resolveAnswer(false);
    });
  });
  if (answered) return undefined;
  rmSync(path, { force: true });
  return await listening(path);
}
