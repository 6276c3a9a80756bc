import { rmSync } from 'node:fs';
import { infrastructureVariable } from './infrastructure';
import { ownInfrastructure } from './own-infrastructure';

/** jest's globalTeardown: stops what this run has started, and nothing else. */
export default async function stopInfrastructure(): Promise<void> {
  const { started } = ownInfrastructure;
  if (started === undefined) return;
  await started.infrastructure.stop();
  rmSync(started.folder, { recursive: true, force: true });
  ownInfrastructure.started = undefined;
  Reflect.deleteProperty(process.env, infrastructureVariable);
}
