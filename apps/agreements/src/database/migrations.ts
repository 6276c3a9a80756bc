import { type MigrationClass } from '@expo-accord/database';
import { idempotencyMigrations } from '@expo-accord/http';
import { messagingMigrations } from '@expo-accord/messaging';
import { organizationMigrations } from '@expo-accord/organizations';
import { RecordAgreements1795256000000 } from './migrations/1795256000000-record-agreements';
import { CopyEventsAndClaimRefs1795256100000 } from './migrations/1795256100000-copy-events-and-claim-refs';
import { KeepAuditAndAssessments1795256200000 } from './migrations/1795256200000-keep-audit-and-assessments';
import { ImportProjects1795256300000 } from './migrations/1795256300000-import-projects';
import { TraceProjectImports1795256400000 } from './migrations/1795256400000-trace-project-imports';
import { JudgeByEvents1795256500000 } from './migrations/1795256500000-judge-by-events';
import { ChainTheAuditTrail1798000000000 } from './migrations/1798000000000-chain-the-audit-trail';
import { KeepRevisionsAndSupersessions1798000000001 } from './migrations/1798000000001-keep-revisions-and-supersessions';
import { RemindOfCommitments1798000000100 } from './migrations/1798000000100-remind-of-commitments';
import { KeepDocuments1798000000110 } from './migrations/1798000000110-keep-documents';
import { CountProjects1798000000200 } from './migrations/1798000000200-count-projects';
import { ImportOfSeveralKinds1798000000300 } from './migrations/1798000000300-import-of-several-kinds';
import { FileDocumentsOfSeveralKinds1798000000310 } from './migrations/1798000000310-file-documents-of-several-kinds';
import { ReceiveImports1798000000500 } from './migrations/1798000000500-receive-imports';

export const migrations: readonly MigrationClass[] = [
  ...messagingMigrations,
  ...idempotencyMigrations,
  ...organizationMigrations,
  RecordAgreements1795256000000,
  CopyEventsAndClaimRefs1795256100000,
  KeepAuditAndAssessments1795256200000,
  ImportProjects1795256300000,
  TraceProjectImports1795256400000,
  JudgeByEvents1795256500000,
  ChainTheAuditTrail1798000000000,
  KeepRevisionsAndSupersessions1798000000001,
  RemindOfCommitments1798000000100,
  KeepDocuments1798000000110,
  CountProjects1798000000200,
  ImportOfSeveralKinds1798000000300,
  FileDocumentsOfSeveralKinds1798000000310,
  ReceiveImports1798000000500,
];
