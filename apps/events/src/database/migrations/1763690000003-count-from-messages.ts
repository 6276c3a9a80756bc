import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class CountFromMessages1763690000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE counted_registrations (
        tenant_id uuid NOT NULL,
        event_id uuid NOT NULL,
        status text NOT NULL,
        count bigint NOT NULL,
        PRIMARY KEY (tenant_id, event_id, status)
      )`);
    await queryRunner.query(`
      CREATE TABLE counted_project (
        project_id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        event_id uuid,
        status text NOT NULL,
        currency text,
        qualifier text,
        value numeric,
        lower numeric,
        upper numeric,
        inclusive boolean
      )`);
    await queryRunner.query('CREATE INDEX counted_project_event_id_idx ON counted_project (event_id)');
    await queryRunner.query(`
      CREATE TABLE counted_agreement (
        agreement_id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        event_id uuid,
        status text NOT NULL
      )`);
    await queryRunner.query('CREATE INDEX counted_agreement_event_id_idx ON counted_agreement (event_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE counted_agreement, counted_project, counted_registrations');
  }
}
