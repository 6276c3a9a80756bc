import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** By what persons were known before they were corrected: they may be sent again as they were called then. */
export class RememberFormerMarks1797000000540 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE former_mark (
        registration_id uuid NOT NULL REFERENCES registration (id) ON DELETE CASCADE,
        mark text NOT NULL,
        PRIMARY KEY (registration_id, mark)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE former_mark');
  }
}
