import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** A job is there before its last line is. */
export class ReceiveImports1798000000500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX import_job_unfinished_idx ON import_job (id) WHERE status IN ('receiving', 'queued', 'running');
      DROP INDEX import_job_waiting_idx;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX import_job_waiting_idx ON import_job (id) WHERE status IN ('queued', 'running');
      DROP INDEX import_job_unfinished_idx;`);
  }
}
