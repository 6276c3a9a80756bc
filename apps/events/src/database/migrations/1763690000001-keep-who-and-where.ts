import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { recordColumns, tenantIndex } from './record-columns';

export class KeepWhoAndWhere1763690000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE organization (${recordColumns},
        level text,
        economy text,
        parent_id uuid REFERENCES organization
      )`);
    await queryRunner.query(`CREATE TABLE person (${recordColumns}, economy text)`);
    await queryRunner.query(`
      CREATE TABLE place (${recordColumns},
        kind text NOT NULL,
        economy text,
        parent_id uuid REFERENCES place
      )`);
    await queryRunner.query(`
      CREATE TABLE place_relationship (${recordColumns},
        place_id uuid NOT NULL REFERENCES place,
        kind text NOT NULL
      )`);
    await queryRunner.query('CREATE INDEX place_relationship_place_id_idx ON place_relationship (place_id)');
    await queryRunner.query(`
      CREATE TABLE zone (${recordColumns},
        kind text NOT NULL,
        place_id uuid REFERENCES place
      )`);
    for (const table of ['organization', 'person', 'place', 'place_relationship', 'zone']) {
      await queryRunner.query(tenantIndex(table));
    }
    await queryRunner.query(`
      CREATE TABLE code (
        tenant_id uuid NOT NULL,
        list text NOT NULL,
        code text NOT NULL,
        names jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (tenant_id, list, code)
      )`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE code, zone, place_relationship, place, person, organization');
  }
}
