import { auditEntities } from '@expo-accord/audit';
import { type EntityClass } from '@expo-accord/database';
import { idempotencyEntities } from '@expo-accord/http';
import { messagingEntities } from '@expo-accord/messaging';
import { organizationEntities } from '@expo-accord/organizations';
import { Agreement } from '../agreements/agreement.entity';
import { Commitment, CommitmentAssessment } from '../commitments/commitment.entity';
import { FiledDocument } from '../documents/document.entity';
import { EventCopy } from '../events/event-copy.entity';
import { ExternalRefClaim } from '../external-refs/external-ref-claim.entity';
import { Fulfilment } from '../fulfilment/fulfilment.entity';
import { ImportJob, ImportLine } from '../imports/import.entity';
import { OutcomeDocument } from '../outcome-documents/outcome-document.entity';
import { Project } from '../projects/project.entity';
import { AgreementRevision } from '../revisions/revision.entity';
import { Supersession } from '../supersessions/supersession.entity';
import { CommitmentReminder, TenantLeadTimes } from '../reminders/reminder.entity';
import { ProjectTotal } from '../statistics/project-total.entity';

export const entities: readonly EntityClass[] = [
  ...messagingEntities,
  ...idempotencyEntities,
  ...organizationEntities,
  ...auditEntities,
  Agreement,
  AgreementRevision,
  Commitment,
  CommitmentAssessment,
  CommitmentReminder,
  EventCopy,
  ExternalRefClaim,
  FiledDocument,
  Fulfilment,
  ImportJob,
  ImportLine,
  OutcomeDocument,
  Project,
  Supersession,
  ProjectTotal,
  TenantLeadTimes,
];
