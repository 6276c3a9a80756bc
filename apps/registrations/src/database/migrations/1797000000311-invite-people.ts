import { type MigrationInterface, type QueryRunner } from 'typeorm';

export class InvitePeople1797000000311 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE invitation (
        id uuid PRIMARY KEY,
        tenant_id uuid NOT NULL,
        event_id uuid NOT NULL,
        label text,
        category text,
        count integer NOT NULL,
        uses integer NOT NULL,
        expires_at timestamptz,
        revoked_at timestamptz,
        version integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX ON invitation (tenant_id, event_id, id);

      CREATE TABLE invitation_code (
        event_id uuid NOT NULL,
        hash text NOT NULL,
        invitation_id uuid NOT NULL REFERENCES invitation,
        used integer NOT NULL DEFAULT 0,
        PRIMARY KEY (event_id, hash)
      );
      CREATE INDEX ON invitation_code (invitation_id);

      CREATE TABLE invitation_use (
        registration_id uuid NOT NULL REFERENCES registration ON DELETE CASCADE,
        hash text NOT NULL,
        event_id uuid NOT NULL,
        PRIMARY KEY (registration_id, hash)
      );
      CREATE INDEX ON invitation_use (event_id, hash);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE invitation_use, invitation_code, invitation');
  }
}
