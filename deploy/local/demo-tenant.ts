import { join } from 'node:path';
import { keep, readKept } from './secrets';
import { runServiceProgram } from './service-program';
import { type LocalStack } from './stack';

export interface Tenant {
  tenantId: string;
  keyId: string;
  /** The secret API key with every scope; shown by the gateway only when it is made. */
  key: string;
}

/** Makes a tenant with an admin key, as an operator does on an empty database. */
export async function createTenant(stack: LocalStack, name: string, logFile: string): Promise<Tenant> {
  const output = await runServiceProgram(
    'gateway',
    'create-tenant',
    ['--name', name],
    stack.settingsOf('gateway'),
    logFile,
  );
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Tenant;
}

/** The tenant that the data folder shows to whoever tries the product; made at the first start. */
export async function demoTenant(stack: LocalStack, folder: string): Promise<Tenant> {
  const file = join(folder, 'demo-tenant.json');
  const kept = readKept(file);
  if (kept !== undefined) return kept as Tenant;
  const tenant = await createTenant(stack, 'Demo', join(folder, 'logs', 'create-tenant.log'));
  keep(file, tenant);
  return tenant;
}
