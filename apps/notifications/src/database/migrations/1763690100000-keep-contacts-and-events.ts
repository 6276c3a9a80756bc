import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class KeepContactsAndEvents1763690100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE contact (
        registration_id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        event_id uuid NOT NULL,
        name jsonb NOT NULL,
        email text NOT NULL,
        language text,
        updated_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`
      CREATE TABLE event_copy (
        event_id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        names jsonb NOT NULL,
        starts_at jsonb,
        synthetic boolean NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE event_copy');
    await runner.query('DROP TABLE contact');
  }
}
