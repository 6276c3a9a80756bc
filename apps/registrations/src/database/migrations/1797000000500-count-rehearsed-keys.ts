import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CountRehearsedKeys1797000000500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rehearsed_key ADD times integer NOT NULL DEFAULT 1');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rehearsed_key DROP times');
  }
}
