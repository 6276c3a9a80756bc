import { type MigrationInterface, type QueryRunner } from 'typeorm';

const recorded = `
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  version integer NOT NULL,
  event_id uuid,
  synthetic boolean NOT NULL,
  historical boolean NOT NULL,
  external_refs jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL`;

const recordedIndexes = (table: string): string => `
  CREATE INDEX ${table}_tenant_id_id_idx ON ${table} (tenant_id, id);
  CREATE INDEX ${table}_tenant_id_event_id_idx ON ${table} (tenant_id, event_id);
  CREATE INDEX ${table}_external_refs_idx ON ${table} USING gin (external_refs jsonb_path_ops);`;

/** Agreements, projects, outcome documents and commitments, with the facts of each in one document. */
export class RecordAgreements1795256000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE agreement (${recorded}, status text NOT NULL, disclosed boolean NOT NULL, content jsonb NOT NULL);
      ${recordedIndexes('agreement')}
      CREATE TABLE project (${recorded}, status text NOT NULL, stalled_from text, content jsonb NOT NULL);
      ${recordedIndexes('project')}
      CREATE TABLE outcome_document (${recorded}, content jsonb NOT NULL);
      ${recordedIndexes('outcome_document')}
      CREATE TABLE commitment (
        ${recorded},
        agreement_id uuid,
        outcome_document_id uuid,
        assessment text,
        disclosed boolean NOT NULL,
        content jsonb NOT NULL
      );
      ${recordedIndexes('commitment')}
      CREATE INDEX commitment_agreement_id_idx ON commitment (agreement_id);
      CREATE INDEX commitment_outcome_document_id_idx ON commitment (outcome_document_id);`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE commitment, outcome_document, project, agreement');
  }
}
