import { type AuditEntry } from '@expo-accord/audit';

/** Who (the key), when, what, and the resource before and after; before is null for a creation, after for a deletion. */
export interface AuditView {
  id: string;
  sequence: number;
  at: string;
  keyId: string;
  action: string;
  reason: string | null;
  before: object | null;
  after: object | null;
  erased: boolean;
  hash: string;
}

export function auditView(entry: AuditEntry): AuditView {
  const { id, sequence, at, keyId, action, reason, before, after, salt, hash } = entry;
  return { id, sequence, at: at.toISOString(), keyId, action, reason, before, after, erased: salt === null, hash };
}
