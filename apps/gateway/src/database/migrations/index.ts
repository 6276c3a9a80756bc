import { idempotencyMigrations } from '@expo-accord/http';
import { CreateTenantAndApiKey1795262400000 } from './1795262400000-create-tenant-and-api-key';
import { OpenRegisters1798000000200 } from './1798000000200-open-registers';

export const migrations = [...idempotencyMigrations, CreateTenantAndApiKey1795262400000, OpenRegisters1798000000200];
