import { type MigrationInterface, type QueryRunner } from 'typeorm';

const tables = ['organization', 'person', 'place'];

export class MergeDuplicates1763690000010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables) {
      await queryRunner.query(`ALTER TABLE ${table} ADD merged_into_id uuid REFERENCES ${table}`);
      await queryRunner.query(`CREATE INDEX ${table}_merged_into_id_idx ON ${table} (merged_into_id)`);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of tables) await queryRunner.query(`ALTER TABLE ${table} DROP merged_into_id`);
  }
}
