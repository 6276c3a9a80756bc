import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What a category does not say for itself is as its event says: until now nobody had said anything but yes. */
export class SetTermsForEvents1797000000312 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE registration_settings (
        event_id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        requires_approval boolean NOT NULL DEFAULT false,
        waitlist boolean NOT NULL DEFAULT false,
        requires_invitation boolean NOT NULL DEFAULT false,
        version integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      ALTER TABLE ticket_category
        ADD COLUMN requires_invitation boolean,
        ALTER COLUMN requires_approval DROP NOT NULL, ALTER COLUMN requires_approval DROP DEFAULT,
        ALTER COLUMN waitlist DROP NOT NULL, ALTER COLUMN waitlist DROP DEFAULT;
      UPDATE ticket_category
         SET requires_approval = nullif(requires_approval, false), waitlist = nullif(waitlist, false)
       WHERE NOT (requires_approval AND waitlist);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE ticket_category
         SET requires_approval = coalesce(requires_approval, false), waitlist = coalesce(waitlist, false);
      ALTER TABLE ticket_category
        DROP COLUMN requires_invitation,
        ALTER COLUMN requires_approval SET DEFAULT false, ALTER COLUMN requires_approval SET NOT NULL,
        ALTER COLUMN waitlist SET DEFAULT false, ALTER COLUMN waitlist SET NOT NULL;
      DROP TABLE registration_settings;
    `);
  }
}
