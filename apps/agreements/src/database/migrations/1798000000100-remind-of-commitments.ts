import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * What is due when, and what was told of it. Milestones get ids by which they are told apart; the plans of the commitments
 * that are there are made by the worker.
 */
export class RemindOfCommitments1798000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE event_copy ADD COLUMN zone text;
      ALTER TABLE commitment
        ADD COLUMN milestone_assessments jsonb NOT NULL DEFAULT '{}',
        ADD COLUMN planned_by jsonb,
        ADD COLUMN due_at timestamptz,
        ADD COLUMN due_soon_at timestamptz;
      CREATE INDEX commitment_tenant_id_due_at_idx ON commitment (tenant_id, due_at) WHERE due_at IS NOT NULL;
      UPDATE commitment SET content = jsonb_set(content, '{milestones}', (
          SELECT jsonb_agg(milestone || jsonb_build_object('id', gen_random_uuid()) ORDER BY place)
          FROM jsonb_array_elements(content -> 'milestones') WITH ORDINALITY AS each (milestone, place)))
        WHERE jsonb_array_length(nullif(content -> 'milestones', 'null')) > 0;
      ALTER TABLE commitment_assessment ADD COLUMN milestone_id uuid;
      CREATE TRIGGER commitment_assessment_is_never_emptied BEFORE TRUNCATE ON commitment_assessment
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TABLE commitment_reminder (
        commitment_id uuid NOT NULL,
        step_id uuid NOT NULL,
        due_on date NOT NULL,
        lead_days integer NOT NULL,
        due_at timestamptz NOT NULL,
        at timestamptz NOT NULL,
        announced_at timestamptz,
        PRIMARY KEY (commitment_id, step_id, due_on, lead_days)
      );
      CREATE INDEX commitment_reminder_at_idx ON commitment_reminder (at) WHERE announced_at IS NULL;
      CREATE TABLE tenant_lead_times (
        tenant_id uuid PRIMARY KEY,
        lead_days jsonb NOT NULL,
        version integer NOT NULL
      );`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE tenant_lead_times, commitment_reminder;
      DROP TRIGGER commitment_assessment_is_never_emptied ON commitment_assessment;
      ALTER TABLE commitment_assessment DROP COLUMN milestone_id;
      ALTER TABLE commitment
        DROP COLUMN due_soon_at, DROP COLUMN due_at, DROP COLUMN planned_by, DROP COLUMN milestone_assessments;
      ALTER TABLE event_copy DROP COLUMN zone;`);
  }
}
