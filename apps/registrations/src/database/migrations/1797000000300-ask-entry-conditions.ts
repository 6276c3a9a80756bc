import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class AskEntryConditions1797000000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE event_copy ADD COLUMN entry_conditions jsonb NOT NULL DEFAULT '[]';
      ALTER TABLE check_in
        ADD COLUMN conditions_met text[] NOT NULL DEFAULT '{}',
        ADD COLUMN conditions_asked text[] NOT NULL DEFAULT '{}',
        ADD COLUMN conditions_unmet text[] NOT NULL DEFAULT '{}';
      CREATE TABLE entry_condition (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        registration_id uuid NOT NULL REFERENCES registration ON DELETE CASCADE,
        code text NOT NULL,
        satisfied boolean NOT NULL,
        at timestamptz NOT NULL
      );
      CREATE INDEX ON entry_condition (registration_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE entry_condition;
      ALTER TABLE check_in DROP COLUMN conditions_met, DROP COLUMN conditions_asked, DROP COLUMN conditions_unmet;
      ALTER TABLE event_copy DROP COLUMN entry_conditions;
    `);
  }
}
