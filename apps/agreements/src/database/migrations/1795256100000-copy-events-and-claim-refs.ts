import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What is known of events, and which resource a caller's own code belongs to. */
export class CopyEventsAndClaimRefs1795256100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE event_copy (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        series_id uuid,
        status text NOT NULL,
        synthetic boolean NOT NULL
      );
      CREATE INDEX event_copy_tenant_id_series_id_idx ON event_copy (tenant_id, series_id);
      CREATE TABLE external_ref_claim (
        tenant_id uuid NOT NULL,
        resource text NOT NULL,
        system text NOT NULL,
        external_id text NOT NULL,
        resource_id uuid NOT NULL,
        PRIMARY KEY (tenant_id, resource, system, external_id)
      );
      CREATE INDEX external_ref_claim_resource_id_idx ON external_ref_claim (resource_id);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE external_ref_claim, event_copy');
  }
}
