import { type MigrationInterface, type QueryRunner } from 'typeorm';

const eventsAndTheirPlaces = `
  CREATE TABLE event_copy (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL,
    status text NOT NULL,
    opens_at timestamptz,
    closes_at timestamptz,
    economies text[] NOT NULL,
    session_ids uuid[] NOT NULL,
    synthetic boolean NOT NULL,
    historical boolean NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX ON event_copy (tenant_id);

  CREATE TABLE ticket_category (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL,
    event_id uuid NOT NULL,
    code text NOT NULL,
    names jsonb,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (event_id, code)
  );

  CREATE TABLE quota (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL,
    event_id uuid NOT NULL,
    scope text NOT NULL,
    name text NOT NULL,
    places integer NOT NULL,
    taken integer NOT NULL,
    version integer NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (event_id, name)
  );
`;

const registrationsAndTheirPersons = `
  CREATE TABLE registration (
    id uuid PRIMARY KEY,
    tenant_id uuid NOT NULL,
    event_id uuid NOT NULL,
    status text NOT NULL,
    category text NOT NULL,
    economy text,
    mode text NOT NULL,
    language text,
    organization_id uuid,
    notify boolean NOT NULL,
    historical boolean NOT NULL,
    synthetic boolean NOT NULL,
    form_version integer,
    registered_on jsonb,
    external_refs jsonb NOT NULL,
    fingerprint text,
    version integer NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
  );
  CREATE INDEX ON registration (tenant_id, event_id, id);
  CREATE UNIQUE INDEX registration_person_once ON registration (event_id, fingerprint)
    WHERE fingerprint IS NOT NULL AND status <> 'cancelled' AND status <> 'declined';

  CREATE TABLE registrant (
    registration_id uuid PRIMARY KEY REFERENCES registration ON DELETE CASCADE,
    tenant_id uuid NOT NULL,
    name jsonb NOT NULL,
    email text,
    phone text,
    document jsonb,
    organization_name text,
    answers jsonb NOT NULL
  );

  CREATE TABLE registration_ref (
    tenant_id uuid NOT NULL,
    system text NOT NULL,
    external_id text NOT NULL,
    registration_id uuid NOT NULL REFERENCES registration ON DELETE CASCADE,
    PRIMARY KEY (tenant_id, system, external_id)
  );
  CREATE INDEX ON registration_ref (registration_id);
`;

export class CreateRegistrations1790000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(eventsAndTheirPlaces);
    await runner.query(registrationsAndTheirPersons);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE registration_ref, registrant, registration, quota, ticket_category, event_copy');
  }
}
