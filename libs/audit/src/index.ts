import { AuditChain } from './audit-chain.entity';
import { AuditEntry } from './audit-entry.entity';

export { AuditChain, AuditEntry };
export { chained, type ChainedEntry, type ChainEnd, type ChainFault } from './chain.rules';
export { type ChainKey, type ChainsVerified, type ChainVerified, verifyChain, verifyChains } from './verify-chains';

export const auditEntities = [AuditEntry, AuditChain];
