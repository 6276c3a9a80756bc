import { type MigrationInterface, type QueryRunner } from 'typeorm';

const indexes = [
  'delivery_tenant_id_id_idx ON delivery (tenant_id, id)',
  `delivery_endpoint_id_source_position_idx ON delivery (endpoint_id, source, position) WHERE status = 'pending'`,
  `delivery_endpoint_id_next_attempt_at_idx ON delivery (endpoint_id, next_attempt_at) WHERE status = 'pending'`,
  'delivery_registration_id_position_idx ON delivery (registration_id, position) WHERE registration_id IS NOT NULL',
  `delivery_status_next_attempt_at_idx ON delivery (status, next_attempt_at)
     WHERE channel = 'mail' AND status IN ('waiting', 'pending')`,
  'delivery_created_at_idx ON delivery (created_at)',
  'delivery_attempt_delivery_id_number_idx ON delivery_attempt (delivery_id, number)',
];

export class LogDeliveries1763690400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE delivery (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        channel text NOT NULL,
        status text NOT NULL,
        position bigserial NOT NULL,
        cause_id uuid NOT NULL,
        cause_type text NOT NULL,
        source text NOT NULL,
        correlation_id text NOT NULL,
        endpoint_id uuid,
        registration_id uuid,
        event_id uuid,
        template_id text,
        template_version integer,
        language text,
        synthetic boolean NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        schedule_attempts integer NOT NULL DEFAULT 0,
        schedule_started_at timestamptz,
        next_attempt_at timestamptz,
        lease_token uuid,
        leased_until timestamptz,
        last_code text,
        delivered_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (endpoint_id, cause_id),
        UNIQUE (cause_id, template_id)
      )`);
    await runner.query(`
      CREATE TABLE delivery_attempt (
        id uuid PRIMARY KEY,
        delivery_id uuid NOT NULL REFERENCES delivery (id) ON DELETE CASCADE,
        number integer NOT NULL,
        started_at timestamptz NOT NULL,
        duration_ms integer NOT NULL,
        succeeded boolean NOT NULL,
        code text NOT NULL,
        reply_code integer
      )`);
    for (const index of indexes) await runner.query(`CREATE INDEX ${index}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE delivery_attempt');
    await runner.query('DROP TABLE delivery');
  }
}
