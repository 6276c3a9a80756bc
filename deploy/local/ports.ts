import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { hasCode, LocalProblem } from './local-problem';

const localhost = '127.0.0.1';

// Below the range that Linux and macOS take ports of outgoing connections from: a server that is killed and started
// again must find its port still free.
const lowest = 20_000;
const highest = 32_000;

/** The port asked for, if it is free; any free one if none was asked for. */
export async function claimPort(what: string, port?: number): Promise<number> {
  if (port !== undefined) return await checkedPort(what, port);
  for (let attempt = 0; attempt < 50; attempt += 1) {
    try {
      return await checkedPort(what, randomInt(lowest, highest));
    } catch (error) {
      if (!(error instanceof LocalProblem)) throw error;
    }
  }
  throw new LocalProblem(`No free port was found for ${what} between ${lowest} and ${highest}.`);
}

async function checkedPort(what: string, port: number): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      reject(
        hasCode(error, 'EADDRINUSE') || hasCode(error, 'EACCES')
          ? new LocalProblem(`Port ${port} for ${what} is in use: stop what listens there, or choose another port.`)
          : error,
      );
    });
    server.listen({ port, host: localhost }, () => {
      server.close(() => {
        resolve(port);
      });
    });
  });
}
