import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class ErasePersons1797000000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE registration ADD COLUMN erased_at timestamptz;

      CREATE TABLE erasure_mark (
        event_id uuid NOT NULL,
        mark text NOT NULL,
        PRIMARY KEY (event_id, mark)
      );

      CREATE TABLE retention (
        event_id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        days integer,
        until timestamptz,
        purged_through uuid,
        purged_at timestamptz,
        version integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE contact_heartbeat (
        single boolean PRIMARY KEY DEFAULT true,
        beaten_at timestamptz NOT NULL,
        CONSTRAINT contact_heartbeat_single_row CHECK (single)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE contact_heartbeat, retention, erasure_mark;
      ALTER TABLE registration DROP COLUMN erased_at;
    `);
  }
}
