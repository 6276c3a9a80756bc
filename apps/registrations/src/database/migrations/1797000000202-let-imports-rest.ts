import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class LetImportsRest1797000000202 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE import_job ADD COLUMN rests_until timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE import_job DROP COLUMN rests_until');
  }
}
