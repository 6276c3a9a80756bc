import { defineSettings, integer, oneOf, optional, type SettingsOf, text, url } from '@expo-accord/settings';

/** How one service reaches its own schema with its own role. */
export const databaseSettings = defineSettings({
  DATABASE_URL: url({
    desc: 'Database with the role and password of the service',
    protocols: ['postgres', 'postgresql'],
    example: 'postgres://events:password@db:5432/expo_accord',
    secret: true,
  }),
  DATABASE_SCHEMA: text({ desc: 'Schema that belongs to the service', example: 'events' }),
  DATABASE_POOL_SIZE: integer({ desc: 'Database connections of one process at most', default: 10, min: 3, max: 200 }),
  DATABASE_TLS: oneOf(['disable', 'require', 'verify-full'], {
    desc: 'Encryption towards the database; only verify-full also checks who answers',
    default: 'disable',
  }),
  DATABASE_CA_FILE: optional(text({ desc: 'PEM file of the authority that signed the certificate of the database' })),
});

export type DatabaseConfig = SettingsOf<typeof databaseSettings>;
