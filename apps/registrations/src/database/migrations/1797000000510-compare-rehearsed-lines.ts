import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CompareRehearsedLines1797000000510 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rehearsed_key ADD content text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rehearsed_key DROP content');
  }
}
