import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class ReadmitPersons1797000000313 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE readmission (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        event_id uuid NOT NULL,
        key_id text NOT NULL,
        reason text NOT NULL,
        marks integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX ON readmission (tenant_id, event_id, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE readmission');
  }
}
