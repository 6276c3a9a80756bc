import { idempotencyMigrations } from '@expo-accord/http';
import { CreateTenantAndApiKey1795262400000 } from './1795262400000-create-tenant-and-api-key';

export const migrations = [...idempotencyMigrations, CreateTenantAndApiKey1795262400000];
