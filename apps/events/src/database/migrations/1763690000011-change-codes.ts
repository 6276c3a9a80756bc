import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Codes that were added before get the ids under which they travel once they change. */
export class ChangeCodes1763690000011 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE code
        DROP CONSTRAINT code_pkey,
        ADD id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        ADD status text NOT NULL DEFAULT 'active',
        ADD version integer NOT NULL DEFAULT 1,
        ADD updated_at timestamptz NOT NULL DEFAULT now()`);
    await queryRunner.query('ALTER TABLE code ALTER id DROP DEFAULT, ALTER status DROP DEFAULT');
    await queryRunner.query('CREATE UNIQUE INDEX code_tenant_id_list_code_idx ON code (tenant_id, list, code)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE code
        DROP id, DROP status, DROP version, DROP updated_at,
        ADD PRIMARY KEY (tenant_id, list, code)`);
    await queryRunner.query('DROP INDEX code_tenant_id_list_code_idx');
  }
}
