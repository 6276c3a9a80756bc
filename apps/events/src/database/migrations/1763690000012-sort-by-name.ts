import { type LocalizedText, type PersonName } from '@expo-accord/values';
import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { sortNameOf, sortNameOfPerson } from '../../master-data/sort-name';

const batchSize = 1_000;
const tables = ['organization', 'person', 'place'];

export class SortByName1763690000012 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables) {
      await queryRunner.query(`ALTER TABLE ${table} ADD sort_name text COLLATE "C"`);
      while (await fillBatch(queryRunner, table));
      await queryRunner.query(`ALTER TABLE ${table} ALTER sort_name SET NOT NULL`);
      await queryRunner.query(
        `CREATE INDEX ${table}_tenant_id_sort_name_id_idx ON ${table} (tenant_id, sort_name, id)`,
      );
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables) await queryRunner.query(`ALTER TABLE ${table} DROP sort_name`);
  }
}

/** Not in SQL, which folds no names as this product does. */
async function fillBatch(queryRunner: QueryRunner, table: string): Promise<boolean> {
  const rows = (await queryRunner.query(`SELECT id, details FROM ${table} WHERE sort_name IS NULL LIMIT $1`, [
    batchSize,
  ])) as { id: string; details: { names: LocalizedText } | { name: PersonName } }[];
  const filled = rows.map(({ id, details }) => ({
    id,
    name: 'names' in details ? sortNameOf(details.names) : sortNameOfPerson(details.name),
  }));
  await queryRunner.query(
    `UPDATE ${table} SET sort_name = filled.name
     FROM jsonb_to_recordset($1) AS filled (id uuid, name text) WHERE ${table}.id = filled.id`,
    [JSON.stringify(filled)],
  );
  return rows.length > 0;
}
