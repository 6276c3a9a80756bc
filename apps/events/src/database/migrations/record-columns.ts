/** The columns of every record, as they were when the tables of these migrations were made. */
export const recordColumns = `
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  external_refs jsonb NOT NULL DEFAULT '[]',
  search_text text NOT NULL DEFAULT '',
  details jsonb NOT NULL DEFAULT '{}'`;

/** Lists go through a tenant's records in the order of ids. */
export function tenantIndex(table: string): string {
  return `CREATE INDEX ${table}_tenant_id_id_idx ON ${table} (tenant_id, id)`;
}
