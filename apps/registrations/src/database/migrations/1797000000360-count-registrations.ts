import { type MigrationInterface, type QueryRunner } from 'typeorm';

const key = 'event_id, category, economy, mode, status';

/** What has changed between two tables of registrations, as rows of totals; none for what is as it was. */
const differenceOf = (more: string | null, fewer: string | null): string => {
  const counted = [more && `SELECT ${key}, 1 AS one FROM ${more}`, fewer && `SELECT ${key}, -1 AS one FROM ${fewer}`];
  return `
    INSERT INTO registration_total (${key}, count)
    SELECT ${key}, sum(one) FROM (${counted.filter(Boolean).join(' UNION ALL ')}) AS each
     GROUP BY ${key} HAVING sum(one) <> 0`;
};

/**
 * How many registrations an event has of each kind: kept by the database with each change of one, whoever makes it. Rows
 * are only added, so that nobody waits for another who signs up in the same category.
 */
export class CountRegistrations1797000000360 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE registration_total (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        event_id uuid NOT NULL,
        category text NOT NULL,
        economy text,
        mode text NOT NULL,
        status text NOT NULL,
        count bigint NOT NULL
      );
      CREATE INDEX ON registration_total (event_id);
      CREATE FUNCTION count_registrations() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          CASE TG_OP
            WHEN 'INSERT' THEN ${differenceOf('now_is', null)};
            WHEN 'UPDATE' THEN ${differenceOf('now_is', 'was')};
            ELSE ${differenceOf(null, 'was')};
          END CASE;
          RETURN NULL;
        END $$;
      CREATE TRIGGER registration_is_counted AFTER INSERT ON registration
        REFERENCING NEW TABLE AS now_is FOR EACH STATEMENT EXECUTE FUNCTION count_registrations();
      CREATE TRIGGER registration_is_counted_anew AFTER UPDATE ON registration
        REFERENCING OLD TABLE AS was NEW TABLE AS now_is FOR EACH STATEMENT EXECUTE FUNCTION count_registrations();
      CREATE TRIGGER registration_is_counted_off AFTER DELETE ON registration
        REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION count_registrations();
      ${differenceOf('registration', null)};`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER registration_is_counted ON registration;
      DROP TRIGGER registration_is_counted_anew ON registration;
      DROP TRIGGER registration_is_counted_off ON registration;
      DROP FUNCTION count_registrations();
      DROP TABLE registration_total`);
  }
}
