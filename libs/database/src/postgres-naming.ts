import { DefaultNamingStrategy, Table } from 'typeorm';

const snakeCase = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();

const nameOf = (table: Table | string): string => {
  const name = table instanceof Table ? table.name : table;
  return name.split('.').pop() ?? name;
};

const joined = (table: Table | string, columns: string[], suffix: string): string =>
  [nameOf(table), ...columns, suffix].join('_');

/**
 * Columns and tables in snake case, and the names that PostgreSQL itself gives to constraints and indexes, so that a
 * migration in plain SQL and the entity agree without either spelling a name out. (Past 63 characters PostgreSQL
 * shortens: name those explicitly on both sides.)
 */
export class PostgresNaming extends DefaultNamingStrategy {
  override tableName(className: string, customName: string | undefined): string {
    return customName ?? snakeCase(className);
  }

  override columnName(property: string, customName: string | undefined, prefixes: string[]): string {
    return [...prefixes.map(snakeCase), customName ?? snakeCase(property)].join('_');
  }

  override relationName(property: string): string {
    return snakeCase(property);
  }

  override joinColumnName(relation: string, referenced: string): string {
    return snakeCase(`${relation}_${referenced}`);
  }

  override primaryKeyName(table: Table | string): string {
    return joined(table, [], 'pkey');
  }

  override uniqueConstraintName(table: Table | string, columns: string[]): string {
    return joined(table, columns, 'key');
  }

  override foreignKeyName(table: Table | string, columns: string[]): string {
    return joined(table, columns, 'fkey');
  }

  override indexName(table: Table | string, columns: string[]): string {
    return joined(table, columns, 'idx');
  }
}
