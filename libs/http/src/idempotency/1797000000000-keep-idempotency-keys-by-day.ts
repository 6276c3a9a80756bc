import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Keys of the last day stay known; of them nobody knows any more whose they were. */
export class KeepIdempotencyKeysByDay1797000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE idempotency_key RENAME TO idempotency_key_before;
      ALTER TABLE idempotency_key_before RENAME CONSTRAINT idempotency_key_pkey TO idempotency_key_before_pkey;
      CREATE TABLE idempotency_key (
        tenant_id uuid NOT NULL,
        key text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        caller text,
        method_path text NOT NULL,
        body_hash bytea NOT NULL,
        status int NOT NULL,
        headers jsonb NOT NULL,
        body jsonb,
        PRIMARY KEY (tenant_id, key, created_at)
      ) PARTITION BY RANGE (created_at);
      DO $$
      BEGIN
        FOR day IN -2..2 LOOP
          EXECUTE format('CREATE TABLE %I PARTITION OF idempotency_key FOR VALUES FROM (%L) TO (%L)',
            to_char(now() AT TIME ZONE 'UTC' + make_interval(days => day), '"idempotency_key_"YYYYMMDD'),
            (date_trunc('day', now(), 'UTC') + make_interval(hours => 24 * day))::text,
            (date_trunc('day', now(), 'UTC') + make_interval(hours => 24 * (day + 1)))::text);
        END LOOP;
      END $$;
      INSERT INTO idempotency_key (tenant_id, key, created_at, method_path, body_hash, status, headers, body)
        SELECT tenant_id, key, created_at, method_path, body_hash, status, headers, body FROM idempotency_key_before
         WHERE status IS NOT NULL AND headers IS NOT NULL
           AND created_at >= date_trunc('day', now(), 'UTC') - interval '2 days';
      DROP TABLE idempotency_key_before;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE idempotency_key RENAME TO idempotency_key_by_day;
      ALTER TABLE idempotency_key_by_day RENAME CONSTRAINT idempotency_key_pkey TO idempotency_key_by_day_pkey;
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
      );
      CREATE INDEX idempotency_key_created_at_idx ON idempotency_key (created_at);
      INSERT INTO idempotency_key
        SELECT DISTINCT ON (tenant_id, key) tenant_id, key, method_path, body_hash, status, headers, body, created_at
          FROM idempotency_key_by_day ORDER BY tenant_id, key, created_at DESC;
      DROP TABLE idempotency_key_by_day`);
  }
}
