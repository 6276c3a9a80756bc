import { createServer } from 'node:net';
import { hasCode, LocalProblem } from './local-problem';

const localhost = '127.0.0.1';

/** The port asked for, if it is free; any free one if none was asked for. */
export async function claimPort(what: string, port = 0): Promise<number> {
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
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('no port was given out'));
        else resolve(address.port);
      });
    });
  });
}
