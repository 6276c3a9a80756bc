import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Both only ever grow: the database itself refuses to change or delete a row. */
export class KeepAuditAndAssessments1795256200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_entry (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        resource text NOT NULL,
        resource_id uuid NOT NULL,
        at timestamptz NOT NULL,
        key_id text NOT NULL,
        action text NOT NULL,
        reason text,
        before jsonb,
        after jsonb
      );
      CREATE INDEX audit_entry_tenant_id_resource_resource_id_id_idx
        ON audit_entry (tenant_id, resource, resource_id, id);
      CREATE TABLE commitment_assessment (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        commitment_id uuid NOT NULL,
        outcome text NOT NULL,
        content jsonb NOT NULL,
        created_at timestamptz NOT NULL
      );
      CREATE INDEX commitment_assessment_tenant_id_commitment_id_id_idx
        ON commitment_assessment (tenant_id, commitment_id, id);
      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END $$;
      CREATE TRIGGER audit_entry_grows_only BEFORE UPDATE OR DELETE ON audit_entry
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER commitment_assessment_grows_only BEFORE UPDATE OR DELETE ON commitment_assessment
        FOR EACH ROW EXECUTE FUNCTION refuse_change();`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE commitment_assessment, audit_entry');
    await runner.query('DROP FUNCTION refuse_change()');
  }
}
