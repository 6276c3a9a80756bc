import { type MigrationInterface, type QueryRunner } from 'typeorm';

interface Counted {
  readonly table: string;
  readonly total: string;
  /** What tells one kind from another within an event: columns and their types. */
  readonly kind: Readonly<Record<string, string>>;
  readonly where: string;
}

const ofOrganizations: Counted = {
  table: 'registration',
  total: 'organization_total',
  kind: { organization_id: 'uuid', status: 'text' },
  where: 'organization_id IS NOT NULL',
};

const ofScans: Counted = {
  table: 'check_in',
  total: 'check_in_total',
  kind: { day: 'date', outcome: 'text' },
  where: 'true',
};

/** What has changed between two tables, as rows of totals; none for what is as it was. */
function differenceOf({ total, kind, where }: Counted, more: string | null, fewer: string | null): string {
  const key = ['event_id', ...Object.keys(kind)].join(', ');
  const counted = [
    more && `SELECT ${key}, 1 AS one FROM ${more} WHERE ${where}`,
    fewer && `SELECT ${key}, -1 AS one FROM ${fewer} WHERE ${where}`,
  ];
  return `
    INSERT INTO ${total} (${key}, count)
    SELECT ${key}, sum(one) FROM (${counted.filter(Boolean).join(' UNION ALL ')}) AS each
     GROUP BY ${key} HAVING sum(one) <> 0`;
}

/** A table of totals, what is there by now, and the triggers that keep it. */
function totalsOf(counted: Counted): string {
  const { table, total, kind } = counted;
  const columns = Object.entries(kind).map(([name, type]) => `${name} ${type} NOT NULL,`);
  return `
    CREATE TABLE ${total} (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      event_id uuid NOT NULL,
      ${columns.join(' ')}
      count bigint NOT NULL
    );
    CREATE INDEX ON ${total} (event_id);
    CREATE FUNCTION count_${total}() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        CASE TG_OP
          WHEN 'INSERT' THEN ${differenceOf(counted, 'now_is', null)};
          WHEN 'UPDATE' THEN ${differenceOf(counted, 'now_is', 'was')};
          ELSE ${differenceOf(counted, null, 'was')};
        END CASE;
        RETURN NULL;
      END $$;
    CREATE TRIGGER ${total}_up AFTER INSERT ON ${table}
      REFERENCING NEW TABLE AS now_is FOR EACH STATEMENT EXECUTE FUNCTION count_${total}();
    CREATE TRIGGER ${total}_anew AFTER UPDATE ON ${table}
      REFERENCING OLD TABLE AS was NEW TABLE AS now_is FOR EACH STATEMENT EXECUTE FUNCTION count_${total}();
    CREATE TRIGGER ${total}_off AFTER DELETE ON ${table}
      REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION count_${total}();
    ${differenceOf(counted, table, null)};`;
}

/**
 * The breakdown's rows of organisations and of days, kept as those of categories are: counting them took the longer, the
 * more came. The two indexes were there for that alone.
 */
export class CountOrganizationsAndScans1797000000530 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${totalsOf(ofOrganizations)}
      ${totalsOf(ofScans)}
      DROP INDEX registration_of_organization;
      DROP INDEX check_in_event_id_day_outcome_idx`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { table, total } of [ofOrganizations, ofScans]) {
      for (const trigger of ['up', 'anew', 'off']) await runner.query(`DROP TRIGGER ${total}_${trigger} ON ${table}`);
      await runner.query(`DROP FUNCTION count_${total}(); DROP TABLE ${total}`);
    }
    await runner.query(`
      CREATE INDEX registration_of_organization ON registration (event_id, organization_id, status)
        WHERE organization_id IS NOT NULL;
      CREATE INDEX ON check_in (event_id, day, outcome)`);
  }
}
