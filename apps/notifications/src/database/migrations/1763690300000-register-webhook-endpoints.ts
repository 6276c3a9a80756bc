import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class RegisterWebhookEndpoints1763690300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_endpoint (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        url text NOT NULL,
        types text[],
        description text,
        status text NOT NULL,
        disabled_reason text,
        disabled_at timestamptz,
        sealed_secret text NOT NULL,
        previous_sealed_secret text,
        previous_secret_expires_at timestamptz,
        external_refs jsonb NOT NULL DEFAULT '[]',
        version integer NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query('CREATE INDEX webhook_endpoint_tenant_id_id_idx ON webhook_endpoint (tenant_id, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_endpoint');
  }
}
