import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class TraceImports1790000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE import_job ADD COLUMN traceparent text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE import_job DROP COLUMN traceparent');
  }
}
