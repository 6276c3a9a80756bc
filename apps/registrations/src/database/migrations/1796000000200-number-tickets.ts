import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class NumberTickets1796000000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE registration ADD COLUMN tickets_ended_at timestamptz[] NOT NULL DEFAULT '{}';
      ALTER TABLE event_copy ADD COLUMN ends_at timestamptz;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE event_copy DROP COLUMN ends_at;
      ALTER TABLE registration DROP COLUMN tickets_ended_at;
    `);
  }
}
