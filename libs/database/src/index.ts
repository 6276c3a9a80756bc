export { type DatabaseConfig, databaseSettings } from './database.settings';
export { dataSourceOptions, type EntityClass, type MigrationClass } from './data-source-options';
export { databaseModule } from './database.module';
export { migrate, type MigrateOptions, pendingMigrations, schemaDifference } from './migrate';
export { newId } from './new-id';
export { Transactions } from './transactions';
export { connectWaiting, waitForMigrations } from './wait-for-database';
