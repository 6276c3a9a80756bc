import { chmodSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Infrastructure } from '../../deploy/local/infrastructure';
import { newSecrets } from '../../deploy/local/secrets';
import { infrastructureVariable } from './infrastructure';
import { ownInfrastructure } from './own-infrastructure';

/** jest's globalSetup: one PostgreSQL and one Kafka for the whole run. */
export default async function startInfrastructure(): Promise<void> {
  await provideInfrastructure({ durable: false });
}

/** Unless the developer keeps some running. Not to be durable makes specs quicker, and measurements worthless. */
export async function provideInfrastructure({ durable }: { durable: boolean }): Promise<void> {
  const given = process.env[infrastructureVariable];
  if (given !== undefined) {
    if (!existsSync(given)) throw new Error(`${infrastructureVariable} names ${given}, which does not exist.`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'expo-accord-test-'));
  // PostgreSQL may run under an account of its own, which has to get to its own folder inside.
  chmodSync(folder, 0o711);
  const infrastructure = await Infrastructure.start({
    folder,
    ...newSecrets(),
    durable,
    open: true,
  });
  const file = join(folder, 'infrastructure.json');
  writeFileSync(file, JSON.stringify(infrastructure.address), { mode: 0o600 });
  process.env[infrastructureVariable] = file;
  ownInfrastructure.started = { infrastructure, folder };
}
