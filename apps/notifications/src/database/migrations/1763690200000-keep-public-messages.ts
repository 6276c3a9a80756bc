import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class KeepPublicMessages1763690200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE public_message (
        id uuid PRIMARY KEY,
        position bigserial NOT NULL,
        tenant_id uuid NOT NULL,
        type text NOT NULL,
        source text NOT NULL,
        epoch integer NOT NULL,
        sequence bigint NOT NULL,
        correlation_id text NOT NULL,
        time timestamptz NOT NULL,
        data jsonb NOT NULL,
        received_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query('CREATE INDEX public_message_tenant_id_position_idx ON public_message (tenant_id, position)');
    await runner.query('CREATE INDEX public_message_received_at_idx ON public_message (received_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE public_message');
  }
}
