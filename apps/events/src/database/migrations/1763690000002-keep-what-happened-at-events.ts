import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { recordColumns, tenantIndex } from './record-columns';

export class KeepWhatHappenedAtEvents1763690000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const ofEvent = 'event_id uuid NOT NULL REFERENCES event ON DELETE CASCADE';
    await queryRunner.query(`CREATE TABLE session (${recordColumns}, ${ofEvent}, kind text NOT NULL)`);
    await queryRunner.query(`
      CREATE TABLE participation (${recordColumns}, ${ofEvent},
        person_id uuid REFERENCES person,
        role text NOT NULL
      )`);
    await queryRunner.query(`
      CREATE TABLE statement (${recordColumns}, ${ofEvent},
        person_id uuid REFERENCES person,
        form text NOT NULL
      )`);
    for (const table of ['session', 'participation', 'statement']) {
      await queryRunner.query(tenantIndex(table));
      await queryRunner.query(`CREATE INDEX ${table}_event_id_idx ON ${table} (event_id)`);
    }
    await queryRunner.query('CREATE INDEX participation_person_id_idx ON participation (person_id)');
    await queryRunner.query('CREATE INDEX statement_person_id_idx ON statement (person_id)');
    await queryRunner.query(`
      CREATE TABLE figure (${recordColumns},
        series_id uuid REFERENCES series,
        event_ids uuid[] NOT NULL DEFAULT '{}',
        metric text NOT NULL,
        historical boolean NOT NULL DEFAULT false,
        synthetic boolean NOT NULL DEFAULT false,
        announced boolean NOT NULL DEFAULT false
      )`);
    await queryRunner.query(tenantIndex('figure'));
    await queryRunner.query('CREATE INDEX figure_series_id_idx ON figure (series_id)');
    await queryRunner.query('CREATE INDEX figure_event_ids_idx ON figure USING gin (event_ids)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE figure, statement, participation, session');
  }
}
