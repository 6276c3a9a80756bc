import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class ConfirmEpochs1795300000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE message_epoch ADD COLUMN confirmed integer NOT NULL DEFAULT 1');
    await runner.query('UPDATE message_epoch SET confirmed = epoch');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE message_epoch DROP COLUMN confirmed');
  }
}
