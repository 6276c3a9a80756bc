import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Outcome documents and assessments have documents as agreements do; those that are there belong to agreements. */
export class FileDocumentsOfSeveralKinds1798000000310 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE agreement_document RENAME TO document;
      ALTER INDEX agreement_document_pkey RENAME TO document_pkey;
      ALTER INDEX agreement_document_status_updated_at_idx RENAME TO document_status_updated_at_idx;
      ALTER TABLE document ADD COLUMN resource text NOT NULL DEFAULT 'agreements';
      ALTER TABLE document ALTER COLUMN resource DROP DEFAULT;
      ALTER TABLE document RENAME COLUMN agreement_id TO resource_id;
      DROP INDEX agreement_document_tenant_id_agreement_id_id_idx;
      CREATE INDEX document_tenant_id_resource_resource_id_id_idx ON document (tenant_id, resource, resource_id, id);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM document WHERE resource <> 'agreements';
      DROP INDEX document_tenant_id_resource_resource_id_id_idx;
      ALTER TABLE document RENAME COLUMN resource_id TO agreement_id;
      CREATE INDEX agreement_document_tenant_id_agreement_id_id_idx ON document (tenant_id, agreement_id, id);
      ALTER TABLE document DROP COLUMN resource;
      ALTER INDEX document_status_updated_at_idx RENAME TO agreement_document_status_updated_at_idx;
      ALTER INDEX document_pkey RENAME TO agreement_document_pkey;
      ALTER TABLE document RENAME TO agreement_document;`);
  }
}
