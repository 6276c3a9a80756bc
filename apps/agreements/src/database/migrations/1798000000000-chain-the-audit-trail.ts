import { chained, type ChainedEntry, type ChainEnd } from '@expo-accord/audit';
import { type MigrationInterface, type QueryRunner } from 'typeorm';

type EarlierEntry = Omit<ChainedEntry, 'sequence' | 'salt' | 'digests' | 'hash'>;

const AT_ONCE = 500;

/** Entries of earlier releases are chained as they are found, in the order in which they were written. */
export class ChainTheAuditTrail1798000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit_chain (
        tenant_id uuid NOT NULL,
        resource text NOT NULL,
        resource_id uuid NOT NULL,
        length integer NOT NULL,
        head_hash text NOT NULL,
        PRIMARY KEY (tenant_id, resource, resource_id)
      );
      ALTER TABLE audit_entry ADD COLUMN sequence integer, ADD COLUMN salt text, ADD COLUMN digests jsonb,
        ADD COLUMN hash text;
      DROP TRIGGER audit_entry_grows_only ON audit_entry`);
    await chainEarlierEntries(runner);
    await runner.query(`
      ALTER TABLE audit_entry ALTER COLUMN sequence SET NOT NULL, ALTER COLUMN digests SET NOT NULL,
        ALTER COLUMN hash SET NOT NULL;
      DROP INDEX audit_entry_tenant_id_resource_resource_id_id_idx;
      CREATE UNIQUE INDEX audit_entry_tenant_id_resource_resource_id_sequence_idx
        ON audit_entry (tenant_id, resource, resource_id, sequence);
      CREATE FUNCTION refuse_all_but_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF TG_OP = 'UPDATE' AND num_nonnulls(NEW.reason, NEW.before, NEW.after, NEW.salt) = 0
            AND to_jsonb(NEW) - '{reason,before,after,salt}'::text[] = to_jsonb(OLD) - '{reason,before,after,salt}'::text[]
          THEN
            RETURN NEW;
          END IF;
          RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END $$;
      CREATE TRIGGER audit_entry_grows_only BEFORE UPDATE OR DELETE ON audit_entry
        FOR EACH ROW EXECUTE FUNCTION refuse_all_but_erasure()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER audit_entry_grows_only ON audit_entry;
      DROP FUNCTION refuse_all_but_erasure();
      DROP INDEX audit_entry_tenant_id_resource_resource_id_sequence_idx;
      ALTER TABLE audit_entry DROP COLUMN sequence, DROP COLUMN salt, DROP COLUMN digests, DROP COLUMN hash;
      CREATE INDEX audit_entry_tenant_id_resource_resource_id_id_idx
        ON audit_entry (tenant_id, resource, resource_id, id);
      CREATE TRIGGER audit_entry_grows_only BEFORE UPDATE OR DELETE ON audit_entry
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
      DROP TABLE audit_chain`);
  }
}

async function chainEarlierEntries(runner: QueryRunner): Promise<void> {
  let last: { entry: ChainedEntry; end: ChainEnd } | undefined;
  for (;;) {
    const earlier = await earlierEntries(runner, last?.entry);
    const entries: ChainedEntry[] = [];
    for (const each of earlier) {
      const isNext = last?.entry.resourceId === each.resourceId && last.entry.resource === each.resource;
      const entry = chained(each, isNext ? (last?.end ?? null) : null);
      last = { entry, end: { length: entry.sequence, headHash: entry.hash } };
      entries.push(entry);
    }
    await keepLinks(runner, entries);
    if (earlier.length < AT_ONCE) break;
  }
  await runner.query(`
    INSERT INTO audit_chain SELECT DISTINCT ON (tenant_id, resource, resource_id)
      tenant_id, resource, resource_id, sequence, hash FROM audit_entry
    ORDER BY tenant_id, resource, resource_id, sequence DESC`);
}

async function earlierEntries(runner: QueryRunner, after: ChainedEntry | undefined): Promise<EarlierEntry[]> {
  return (await runner.query(
    `SELECT id, tenant_id AS "tenantId", resource, resource_id AS "resourceId", at, key_id AS "keyId", action, reason,
       before, after
     FROM audit_entry WHERE $1::uuid IS NULL OR (tenant_id, resource, resource_id, id) > ($1, $2, $3, $4)
     ORDER BY tenant_id, resource, resource_id, id LIMIT $5`,
    [after?.tenantId, after?.resource, after?.resourceId, after?.id, AT_ONCE],
  )) as EarlierEntry[];
}

async function keepLinks(runner: QueryRunner, entries: readonly ChainedEntry[]): Promise<void> {
  const links = entries.map(({ id, sequence, salt, digests, hash }) => ({ id, sequence, salt, digests, hash }));
  await runner.query(
    `UPDATE audit_entry AS e SET sequence = l.sequence, salt = l.salt, digests = l.digests, hash = l.hash
     FROM jsonb_to_recordset($1::jsonb) AS l(id uuid, sequence integer, salt text, digests jsonb, hash text)
     WHERE e.id = l.id`,
    [JSON.stringify(links)],
  );
}
