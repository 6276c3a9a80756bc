import { type DynamicModule, Logger, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { type DataSourceOptions } from 'typeorm';
import { type DatabaseConfig } from './database.settings';
import {
  dataSourceOptions,
  type EntityClass,
  type MigrationClass,
  withBoundedTransactions,
} from './data-source-options';
import { Transactions } from './transactions';
import { connectWaiting, waitForMigrations } from './wait-for-database';

@Module({})
export class DatabaseModule {}

/** Gives the whole application `Transactions`, the `DataSource` and, by `TypeOrmModule.forFeature`, repositories. */
export function databaseModule(options: {
  config: DatabaseConfig;
  entities: readonly EntityClass[];
  migrations: readonly MigrationClass[];
}): DynamicModule {
  const logger = new Logger('Database');
  return {
    module: DatabaseModule,
    global: true,
    imports: [
      TypeOrmModule.forRootAsync({
        useFactory: () =>
          withBoundedTransactions(dataSourceOptions(options.config, options.entities, options.migrations)),
        dataSourceFactory: async (given) => {
          const log = (line: string): void => {
            logger.log(line);
          };
          const dataSource = await connectWaiting(given as DataSourceOptions, log);
          await waitForMigrations(dataSource, log);
          return dataSource;
        },
      }),
    ],
    providers: [Transactions],
    exports: [Transactions, TypeOrmModule],
  };
}
