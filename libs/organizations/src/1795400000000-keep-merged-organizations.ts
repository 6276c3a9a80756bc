import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class KeepMergedOrganizations1795400000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE merged_organization (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        survivor_id uuid NOT NULL
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE merged_organization');
  }
}
