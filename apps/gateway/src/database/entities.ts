import { idempotencyEntities } from '@expo-accord/http';
import { ApiKey } from '../keys/api-key.entity';
import { Tenant } from '../tenants/tenant.entity';

export const entities = [...idempotencyEntities, Tenant, ApiKey];
