import { type MigrationInterface, type QueryRunner } from 'typeorm';

const outcomeIn = (results: string, from: string, to: string): string =>
  `replace(${results}, '"outcome":"${from}"', '"outcome":"${to}"')`;

export class TellSixOutcomes1797000000201 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE import_job RENAME COLUMN skipped TO unchanged;
      ALTER TABLE import_job ADD COLUMN erased integer NOT NULL DEFAULT 0;
      UPDATE import_result SET results = ${outcomeIn('results', 'skipped', 'unchanged')};
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE import_result SET results = ${outcomeIn('results', 'unchanged', 'skipped')};
      ALTER TABLE import_job DROP COLUMN erased;
      ALTER TABLE import_job RENAME COLUMN unchanged TO skipped;
    `);
  }
}
