import { asSuperuser, type TestDatabase } from './infrastructure';

export interface Backup {
  /** Puts the database back to where it was, as often as wanted. */
  restore: () => Promise<void>;
  drop: () => Promise<void>;
}

/** A copy of the database as PostgreSQL itself makes one; nobody may be connected to it, then or at a restore. */
export async function backupOf(db: TestDatabase): Promise<Backup> {
  const name = new URL(db.url).pathname.slice(1);
  const copy = `${name}_backup`;
  await asSuperuser(`CREATE DATABASE "${copy}" TEMPLATE "${name}"`);
  return {
    restore: async () => {
      await asSuperuser(`DROP DATABASE "${name}"`);
      await asSuperuser(`CREATE DATABASE "${name}" TEMPLATE "${copy}"`);
    },
    drop: async () => {
      await asSuperuser(`DROP DATABASE "${copy}"`);
    },
  };
}
