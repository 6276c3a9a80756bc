import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** A tenant may let anybody read its register; none does unless it says so. */
export class OpenRegisters1798000000200 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE tenant ADD COLUMN public_register boolean NOT NULL DEFAULT false');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE tenant DROP COLUMN public_register');
  }
}
