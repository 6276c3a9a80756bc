import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What was the only way until now is the usual one. */
export class ChoosePersonIdentity1797000000520 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE registration_settings ADD person_identity text NOT NULL DEFAULT 'documentElseEmailAndName'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE registration_settings DROP person_identity');
  }
}
