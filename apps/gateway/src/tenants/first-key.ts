import { newId } from '@expo-accord/database';
import { type DataSource } from 'typeorm';
import { allScopes } from '../keys/scopes';
import { insertKey } from '../keys/api-key.service';
import { Tenant } from './tenant.entity';

export interface FirstKey {
  tenantId: string;
  keyId: string;
  /** Known only now. */
  key: string;
}

/** A tenant and its first key, which may do everything within the tenant. */
export async function createTenant(dataSource: DataSource, name: string): Promise<FirstKey> {
  return dataSource.transaction(async (manager) => {
    const tenantId = newId();
    await manager.insert(Tenant, { id: tenantId, name });
    const { row, key } = await insertKey(manager, {
      tenantId,
      name: 'admin',
      scopes: allScopes,
      createdBy: null,
      externalRefs: [],
    });
    return { tenantId, keyId: row.id, key };
  });
}
