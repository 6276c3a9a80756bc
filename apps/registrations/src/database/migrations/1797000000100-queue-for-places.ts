import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class QueueForPlaces1797000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE ticket_category
        ADD COLUMN requires_approval boolean NOT NULL DEFAULT false,
        ADD COLUMN waitlist boolean NOT NULL DEFAULT false;
      ALTER TABLE registration
        ADD COLUMN session_ids uuid[] NOT NULL DEFAULT '{}',
        ADD COLUMN delegation_id uuid;
      CREATE INDEX registration_waiting ON registration (event_id, created_at, id)
        WHERE status = 'waitlisted' AND NOT historical;
      CREATE INDEX registration_of_delegation ON registration (delegation_id) WHERE delegation_id IS NOT NULL;
      ALTER TABLE import_job ADD COLUMN waitlisted integer NOT NULL DEFAULT 0;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE import_job DROP COLUMN waitlisted;
      DROP INDEX registration_of_delegation, registration_waiting;
      ALTER TABLE registration DROP COLUMN delegation_id, DROP COLUMN session_ids;
      ALTER TABLE ticket_category DROP COLUMN waitlist, DROP COLUMN requires_approval;
    `);
  }
}
