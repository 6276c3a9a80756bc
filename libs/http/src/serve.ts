import { type Server } from 'node:http';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { JsonLogger } from '@expo-accord/observability';
import { type HttpConfig } from './http.settings';

/** An orchestrator kills after 10 s or more; requests in hand get most of that. */
const graceMs = 8_000;
const deadlineMs = 9_500;

/** Starts a process: an error on the way is one clear line and exit code 1. */
export function startProcess(service: string, start: () => Promise<void>): void {
  start().catch((error: unknown) => {
    const logger = new JsonLogger({ service });
    logger.fatal(error instanceof Error ? error : 'The process could not start', 'Start');
    process.exit(1);
  });
}

/** Listens, and on SIGTERM or SIGINT finishes what is in hand and exits with 0. */
export async function serve(app: NestFastifyApplication, config: HttpConfig): Promise<void> {
  stopOnSignal(app);
  await app.listen(config.HTTP_PORT, config.HTTP_HOST);
}

/** Closes the application within the grace period; connections that are still open then are cut. */
export async function closeGracefully(app: NestFastifyApplication): Promise<void> {
  const server: Server = app.getHttpServer();
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, graceMs);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}

function stopOnSignal(app: NestFastifyApplication): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    const deadline = setTimeout(() => process.exit(1), deadlineMs);
    deadline.unref();
    closeGracefully(app).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
