import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Amendments and renewals, who takes whose place, and the day on which an agreement enters into force. */
export class KeepRevisionsAndSupersessions1798000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE agreement ADD COLUMN enters_on date;
      CREATE INDEX agreement_enters_on_idx ON agreement (enters_on) WHERE enters_on IS NOT NULL;
      CREATE TABLE agreement_revision (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        agreement_id uuid NOT NULL,
        kind text NOT NULL,
        number integer NOT NULL,
        historical boolean NOT NULL,
        content jsonb NOT NULL,
        created_at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX agreement_revision_tenant_id_agreement_id_kind_number_idx
        ON agreement_revision (tenant_id, agreement_id, kind, number);
      CREATE TABLE agreement_supersession (
        tenant_id uuid NOT NULL,
        declared_by_id uuid NOT NULL,
        superseded_id uuid NOT NULL,
        superseding_id uuid NOT NULL,
        PRIMARY KEY (tenant_id, declared_by_id, superseded_id, superseding_id)
      );
      CREATE INDEX agreement_supersession_tenant_id_superseded_id_idx
        ON agreement_supersession (tenant_id, superseded_id);
      CREATE INDEX agreement_supersession_tenant_id_superseding_id_idx
        ON agreement_supersession (tenant_id, superseding_id);
      INSERT INTO agreement_supersession SELECT DISTINCT tenant_id, id,
        CASE link ->> 'kind' WHEN 'supersededBy' THEN id ELSE (link ->> 'agreementId')::uuid END,
        CASE link ->> 'kind' WHEN 'supersededBy' THEN (link ->> 'agreementId')::uuid ELSE id END
      FROM agreement, jsonb_array_elements(coalesce(content -> 'links', '[]')) AS link
      WHERE link ->> 'kind' IN ('supersededBy', 'supersedes') AND link ->> 'agreementId' IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE agreement_supersession, agreement_revision;
      ALTER TABLE agreement DROP COLUMN enters_on`);
  }
}
