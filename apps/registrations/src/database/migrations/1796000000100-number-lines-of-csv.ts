import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class NumberLinesOfCsv1796000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE import_chunk ADD COLUMN line_numbers integer[]');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE import_chunk DROP COLUMN line_numbers');
  }
}
