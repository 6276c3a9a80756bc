import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Import jobs with their lines: the line as sent, and later its result. */
export class ImportProjects1795256300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE project_import (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        key_id text NOT NULL,
        may_write_history boolean NOT NULL,
        request_id text NOT NULL,
        on_existing text NOT NULL,
        dry_run boolean NOT NULL,
        status text NOT NULL,
        lines integer NOT NULL,
        created integer NOT NULL DEFAULT 0,
        updated integer NOT NULL DEFAULT 0,
        unchanged integer NOT NULL DEFAULT 0,
        skipped integer NOT NULL DEFAULT 0,
        refused integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        finished_at timestamptz
      );
      CREATE INDEX project_import_tenant_id_id_idx ON project_import (tenant_id, id);
      CREATE INDEX project_import_waiting_idx ON project_import (id) WHERE status IN ('queued', 'running');
      CREATE TABLE project_import_line (
        import_id uuid NOT NULL,
        line integer NOT NULL,
        input text NOT NULL,
        result jsonb,
        PRIMARY KEY (import_id, line)
      );`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE project_import_line, project_import');
  }
}
