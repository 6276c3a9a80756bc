import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class TraceProjectImports1795256400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE project_import ADD COLUMN traceparent text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE project_import DROP COLUMN traceparent');
  }
}
