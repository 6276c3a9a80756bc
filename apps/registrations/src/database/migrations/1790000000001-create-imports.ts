import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateImports1790000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE import_job (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        event_id uuid NOT NULL,
        status text NOT NULL,
        on_existing text NOT NULL,
        notify boolean NOT NULL,
        dry_run boolean NOT NULL,
        historical boolean NOT NULL,
        lines integer NOT NULL DEFAULT 0,
        chunks integer NOT NULL DEFAULT 0,
        chunks_done integer NOT NULL DEFAULT 0,
        created integer NOT NULL DEFAULT 0,
        skipped integer NOT NULL DEFAULT 0,
        updated integer NOT NULL DEFAULT 0,
        refused integer NOT NULL DEFAULT 0,
        rehearsed_draws jsonb NOT NULL DEFAULT '{}',
        request_id text,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz
      );
      CREATE INDEX ON import_job (tenant_id, event_id, id);
      CREATE INDEX import_job_unfinished ON import_job (id)
        WHERE status = 'receiving' OR status = 'queued' OR status = 'running';

      CREATE TABLE import_chunk (
        job_id uuid NOT NULL REFERENCES import_job ON DELETE CASCADE,
        number integer NOT NULL,
        first_line integer NOT NULL,
        lines jsonb NOT NULL,
        PRIMARY KEY (job_id, number)
      );

      CREATE TABLE import_result (
        job_id uuid NOT NULL REFERENCES import_job ON DELETE CASCADE,
        number integer NOT NULL,
        results text NOT NULL,
        PRIMARY KEY (job_id, number)
      );

      CREATE TABLE rehearsed_key (
        job_id uuid NOT NULL REFERENCES import_job ON DELETE CASCADE,
        key text NOT NULL,
        PRIMARY KEY (job_id, key)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE rehearsed_key, import_result, import_chunk, import_job');
  }
}
