import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { recordColumns, tenantIndex } from './record-columns';

export class KeepSeriesAndEvents1763690000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE series (${recordColumns},
        kind text NOT NULL,
        mechanism boolean NOT NULL DEFAULT false,
        synthetic boolean NOT NULL DEFAULT false,
        historical boolean NOT NULL DEFAULT false
      )`);
    await queryRunner.query(tenantIndex('series'));
    await queryRunner.query(`
      CREATE TABLE event (${recordColumns},
        series_id uuid REFERENCES series,
        parent_id uuid REFERENCES event,
        kind text NOT NULL,
        status text NOT NULL,
        ordinal integer,
        label text,
        historical boolean NOT NULL DEFAULT false,
        synthetic boolean NOT NULL DEFAULT false
      )`);
    await queryRunner.query(tenantIndex('event'));
    await queryRunner.query('CREATE INDEX event_series_id_idx ON event (series_id)');
    await queryRunner.query('CREATE INDEX event_parent_id_idx ON event (parent_id)');
    await queryRunner.query(`
      CREATE TABLE event_status_change (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE,
        action text NOT NULL,
        previous_status text NOT NULL,
        status text NOT NULL,
        reason jsonb,
        occurred_on jsonb,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await queryRunner.query('CREATE INDEX event_status_change_event_id_idx ON event_status_change (event_id)');
    await queryRunner.query(`
      CREATE TABLE external_ref (
        tenant_id uuid NOT NULL,
        resource text NOT NULL,
        system text NOT NULL,
        external_id text NOT NULL,
        record_id uuid NOT NULL,
        PRIMARY KEY (tenant_id, resource, system, external_id)
      )`);
    await queryRunner.query('CREATE INDEX external_ref_record_id_idx ON external_ref (record_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE external_ref, event_status_change, event, series');
  }
}
