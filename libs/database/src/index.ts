export { type DatabaseConfig, databaseSettings } from './database.settings';
export { dataSourceOptions, type EntityClass, type MigrationClass } from './data-source-options';
export { databaseModule } from './database.module';
export { outlookOf } from './failure-outlook';
export { migrate, type MigrateOptions, schemaDifference } from './migrate';
export { newId } from './new-id';
export { pendingMigrations } from './pending-migrations';
export { Transactions } from './transactions';
