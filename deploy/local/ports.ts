import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import { hasCode, LocalProblem } from './local-problem';

const localhost = '127.0.0.1';

// Below the range that Linux and macOS take ports of outgoing connections from: a server that is killed and started
// again must find its port still free.
const lowest = 20_000;
const count = 6_000;
/** Whoever listens this far above a port has claimed it. The system forgets that with the process, however it ends. */
const guardDistance = count;

/** The port asked for, if it is free; any free one that no other process has claimed, if none was asked for. */
export async function claimPort(what: string, port?: number): Promise<number> {
  if (port !== undefined) {
    const server = await listening(port);
    if (server === null) {
      throw new LocalProblem(`Port ${port} for ${what} is in use: stop what listens there, or choose another port.`);
    }
    await closed(server);
    return port;
  }
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const drawn = randomInt(lowest, lowest + count);
    const guard = await listening(drawn + guardDistance);
    const server = guard === null ? null : await listening(drawn);
    if (server !== null) {
      guard?.unref();
      await closed(server);
      return drawn;
    }
    if (guard !== null) await closed(guard);
  }
  throw new LocalProblem(`No free port was found for ${what} between ${lowest} and ${lowest + count}.`);
}

/** Null when somebody listens there already. */
async function listening(port: number): Promise<Server | null> {
  return await new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error) => {
      if (hasCode(error, 'EADDRINUSE') || hasCode(error, 'EACCES')) resolve(null);
      else reject(error);
    });
    server.listen({ port, host: localhost }, () => {
      resolve(server);
    });
  });
}

async function closed(server: Server): Promise<void> {
  await new Promise((resolve) => server.close(resolve));
}
