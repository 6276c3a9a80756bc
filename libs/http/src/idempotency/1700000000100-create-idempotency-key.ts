import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateIdempotencyKey1700000000100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE idempotency_key (
        tenant_id uuid NOT NULL,
        key text NOT NULL,
        method_path text NOT NULL,
        body_hash bytea NOT NULL,
        status int,
        headers jsonb,
        body jsonb,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, key)
      )`);
    await queryRunner.query('CREATE INDEX idempotency_key_created_at_idx ON idempotency_key (created_at)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE idempotency_key');
  }
}
