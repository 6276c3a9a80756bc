import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class AskForms1797000000310 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE registration_form (
        event_id uuid NOT NULL,
        version integer NOT NULL,
        tenant_id uuid NOT NULL,
        category text,
        schema json NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (event_id, version)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE registration_form');
  }
}
