import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateCheckIns1796000000201 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE check_in (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        event_id uuid NOT NULL,
        scan_id text NOT NULL,
        content_hash text NOT NULL,
        registration_id uuid REFERENCES registration ON DELETE CASCADE,
        ticket_number integer,
        scanned_at timestamptz NOT NULL,
        day date NOT NULL,
        direction text NOT NULL,
        gate text,
        outcome text NOT NULL,
        conflict text,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        UNIQUE (event_id, scan_id)
      );
      CREATE INDEX ON check_in (tenant_id, event_id, id);
      CREATE INDEX ON check_in (registration_id);
      CREATE INDEX ON check_in (event_id, day, outcome);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE check_in');
  }
}
