import { type AuditEntry } from './audit-entry.entity';

/** Who (the key), when, what, and the resource before and after; before is null for a creation, after for a deletion. */
export interface AuditView {
  id: string;
  at: string;
  keyId: string;
  action: string;
  reason: string | null;
  before: object | null;
  after: object | null;
}

export function auditView({ id, at, keyId, action, reason, before, after }: AuditEntry): AuditView {
  return { id, at: at.toISOString(), keyId, action, reason, before, after };
}
