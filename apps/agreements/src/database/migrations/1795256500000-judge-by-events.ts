import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Which events say that they fulfil a commitment, and which assessments were made because of them. */
export class JudgeByEvents1795256500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE fulfilment (
        commitment_id uuid NOT NULL,
        event_id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        named boolean NOT NULL,
        event jsonb NOT NULL,
        epoch integer NOT NULL,
        sequence integer NOT NULL,
        PRIMARY KEY (commitment_id, event_id)
      );
      CREATE INDEX fulfilment_tenant_id_commitment_id_idx ON fulfilment (tenant_id, commitment_id);
      CREATE INDEX fulfilment_tenant_id_event_id_idx ON fulfilment (tenant_id, event_id);
      ALTER TABLE commitment_assessment ADD COLUMN event_id uuid;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE commitment_assessment DROP COLUMN event_id');
    await runner.query('DROP TABLE fulfilment');
  }
}
