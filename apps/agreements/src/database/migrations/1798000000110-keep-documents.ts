import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Documents of agreements; what is in them is in the object store. */
export class KeepDocuments1798000000110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE agreement_document (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        agreement_id uuid NOT NULL,
        name jsonb NOT NULL,
        language text,
        authentic boolean,
        media_type text NOT NULL,
        sha256 text NOT NULL,
        size bigint,
        status text NOT NULL,
        replaces_id uuid,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      );
      CREATE INDEX agreement_document_tenant_id_agreement_id_id_idx
        ON agreement_document (tenant_id, agreement_id, id);
      CREATE INDEX agreement_document_status_updated_at_idx
        ON agreement_document (status, updated_at) WHERE status <> 'stored';`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE agreement_document');
  }
}
