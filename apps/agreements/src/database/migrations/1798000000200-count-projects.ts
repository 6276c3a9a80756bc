import { type MigrationInterface, type QueryRunner } from 'typeorm';

const key = 'tenant_id, event_id, synthetic, status, stalled_from, industry, economies, currency, qualifier, inclusive';

/** The rows of `from`, which are projects, as so many rows of totals: counted, or counted off with a minus. */
const totalsOf = (from: string, sign: '' | '-'): string => `
  INSERT INTO project_total (${key}, count, value, lower, upper)
  SELECT ${key}, ${sign}count(*), ${sign}sum(value), ${sign}sum(lower), ${sign}sum(upper)
  FROM ${from} AS p CROSS JOIN LATERAL what_counts_of(p.content) AS c
  GROUP BY ${key}`;

/**
 * How many projects there are of each kind, and their money: kept by the database with each change of a project, whoever
 * makes it. Rows are only added, so that nobody waits for another who changes a project of the same kind.
 */
export class CountProjects1798000000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE project_total (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant_id uuid NOT NULL,
        event_id uuid,
        synthetic boolean NOT NULL,
        status text NOT NULL,
        stalled_from text,
        industry text,
        economies text[] NOT NULL,
        currency text,
        qualifier text,
        inclusive boolean,
        count bigint NOT NULL,
        value numeric,
        lower numeric,
        upper numeric
      );
      CREATE INDEX project_total_tenant_id_event_id_idx ON project_total (tenant_id, event_id);
      CREATE FUNCTION what_counts_of(content jsonb) RETURNS TABLE (
        industry text, economies text[], currency text, qualifier text, inclusive boolean,
        value numeric, lower numeric, upper numeric
      ) LANGUAGE sql IMMUTABLE AS $$
        SELECT content ->> 'industry',
          ARRAY(
            SELECT e #>> '{}' FROM jsonb_path_query(content, '$.economies[*] ? (@.type() == "string")') AS e
            UNION
            SELECT e #>> '{}' FROM jsonb_path_query(content, '$.parties.items[*].economy ? (@.type() == "string")') AS e
            ORDER BY 1
          ),
          m ->> 'currency', m ->> 'qualifier',
          CASE m ->> 'qualifier' WHEN 'between' THEN coalesce((m ->> 'inclusive')::boolean, true) END,
          (m ->> 'value')::numeric, (m ->> 'lower')::numeric, (m ->> 'upper')::numeric
        FROM (SELECT CASE WHEN content -> 'investment' ? 'currency' THEN content -> 'investment' END) AS money (m)
      $$;
      CREATE FUNCTION count_projects() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP <> 'INSERT' THEN ${totalsOf('was', '-')}; END IF;
          IF TG_OP <> 'DELETE' THEN ${totalsOf('now_is', '')}; END IF;
          RETURN NULL;
        END $$;
      CREATE TRIGGER project_is_counted AFTER INSERT ON project
        REFERENCING NEW TABLE AS now_is FOR EACH STATEMENT EXECUTE FUNCTION count_projects();
      CREATE TRIGGER project_is_counted_anew AFTER UPDATE ON project
        REFERENCING OLD TABLE AS was NEW TABLE AS now_is FOR EACH STATEMENT EXECUTE FUNCTION count_projects();
      CREATE TRIGGER project_is_counted_off AFTER DELETE ON project
        REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION count_projects();
      CREATE FUNCTION recount_projects() RETURNS void LANGUAGE plpgsql AS $$
        BEGIN
          LOCK TABLE project IN SHARE MODE;
          DELETE FROM project_total;
          ${totalsOf('project', '')};
        END $$;
      SELECT recount_projects();`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER project_is_counted ON project;
      DROP TRIGGER project_is_counted_anew ON project;
      DROP TRIGGER project_is_counted_off ON project;
      DROP FUNCTION recount_projects(), count_projects(), what_counts_of(jsonb);
      DROP TABLE project_total`);
  }
}
