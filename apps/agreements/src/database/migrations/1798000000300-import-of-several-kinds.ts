import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Jobs enter agreements as well as projects; those that are there entered projects. */
export class ImportOfSeveralKinds1798000000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE project_import RENAME TO import_job;
      ALTER INDEX project_import_pkey RENAME TO import_job_pkey;
      ALTER INDEX project_import_waiting_idx RENAME TO import_job_waiting_idx;
      ALTER TABLE import_job ADD COLUMN kind text NOT NULL DEFAULT 'project';
      ALTER TABLE import_job ALTER COLUMN kind DROP DEFAULT;
      DROP INDEX project_import_tenant_id_id_idx;
      CREATE INDEX import_job_tenant_id_kind_id_idx ON import_job (tenant_id, kind, id);
      ALTER TABLE project_import_line RENAME TO import_line;
      ALTER INDEX project_import_line_pkey RENAME TO import_line_pkey;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM import_line WHERE import_id IN (SELECT id FROM import_job WHERE kind <> 'project');
      DELETE FROM import_job WHERE kind <> 'project';
      ALTER INDEX import_line_pkey RENAME TO project_import_line_pkey;
      ALTER TABLE import_line RENAME TO project_import_line;
      DROP INDEX import_job_tenant_id_kind_id_idx;
      CREATE INDEX project_import_tenant_id_id_idx ON import_job (tenant_id, id);
      ALTER TABLE import_job DROP COLUMN kind;
      ALTER INDEX import_job_waiting_idx RENAME TO project_import_waiting_idx;
      ALTER INDEX import_job_pkey RENAME TO project_import_pkey;
      ALTER TABLE import_job RENAME TO project_import;`);
  }
}
