import { text } from 'node:stream/consumers';
import { type ServiceName } from '@expo-accord/contracts';
import { serviceProgram } from './supervised-service';

type Environment = Record<string, string>;

interface ConfigModule {
  loadConfig: (env: Environment) => unknown;
}

interface PrepareModule {
  prepare: (config: unknown, log: (line: string) => void) => Promise<void>;
}

/**
 * What the `migrate` program of each service does, for all of them in one process: what takes long is to load the
 * modules. Takes the services' settings as JSON on standard input, so that no secret shows among the processes.
 */
async function prepareServices(): Promise<void> {
  const settings = JSON.parse(await text(process.stdin)) as [ServiceName, Environment][];
  await Promise.all(settings.map(([service, env]) => prepareService(service, env)));
}

async function prepareService(service: ServiceName, env: Environment): Promise<void> {
  try {
    const { loadConfig } = (await import(serviceProgram(service, 'config'))) as ConfigModule;
    const { prepare } = (await import(serviceProgram(service, 'prepare'))) as PrepareModule;
    await prepare(loadConfig(env), (line) => {
      process.stderr.write(`${service}: ${line}\n`);
    });
  } catch (error) {
    throw new Error(`${service} could not be prepared: ${error instanceof Error ? error.message : String(error)}`);
  }
}

prepareServices().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
