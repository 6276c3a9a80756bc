import { type MigrationClass } from '@expo-accord/database';
import { idempotencyMigrations } from '@expo-accord/http';
import { messagingMigrations } from '@expo-accord/messaging';
import { organizationMigrations } from '@expo-accord/organizations';
import { CreateRegistrations1790000000000 } from './migrations/1790000000000-create-registrations';
import { CreateImports1790000000001 } from './migrations/1790000000001-create-imports';
import { TraceImports1790000000002 } from './migrations/1790000000002-trace-imports';
import { NumberLinesOfCsv1796000000100 } from './migrations/1796000000100-number-lines-of-csv';
import { NumberTickets1796000000200 } from './migrations/1796000000200-number-tickets';
import { CreateCheckIns1796000000201 } from './migrations/1796000000201-create-check-ins';
import { QueueForPlaces1797000000100 } from './migrations/1797000000100-queue-for-places';
import { AskEntryConditions1797000000300 } from './migrations/1797000000300-ask-entry-conditions';
import { CreateDelegations1797000000101 } from './migrations/1797000000101-create-delegations';
import { ErasePersons1797000000200 } from './migrations/1797000000200-erase-persons';
import { TellSixOutcomes1797000000201 } from './migrations/1797000000201-tell-six-outcomes';
import { LetImportsRest1797000000202 } from './migrations/1797000000202-let-imports-rest';
import { AskForms1797000000310 } from './migrations/1797000000310-ask-forms';
import { InvitePeople1797000000311 } from './migrations/1797000000311-invite-people';
import { SetTermsForEvents1797000000312 } from './migrations/1797000000312-set-terms-for-events';
import { ReadmitPersons1797000000313 } from './migrations/1797000000313-readmit-persons';
import { CountRegistrations1797000000360 } from './migrations/1797000000360-count-registrations';
import { CountRehearsedKeys1797000000500 } from './migrations/1797000000500-count-rehearsed-keys';
import { CompareRehearsedLines1797000000510 } from './migrations/1797000000510-compare-rehearsed-lines';
import { ChoosePersonIdentity1797000000520 } from './migrations/1797000000520-choose-person-identity';
import { CountOrganizationsAndScans1797000000530 } from './migrations/1797000000530-count-organizations-and-scans';
import { RememberFormerMarks1797000000540 } from './migrations/1797000000540-remember-former-marks';

export const migrations: readonly MigrationClass[] = [
  ...messagingMigrations,
  ...idempotencyMigrations,
  ...organizationMigrations,
  CreateRegistrations1790000000000,
  CreateImports1790000000001,
  TraceImports1790000000002,
  NumberLinesOfCsv1796000000100,
  NumberTickets1796000000200,
  CreateCheckIns1796000000201,
  QueueForPlaces1797000000100,
  AskEntryConditions1797000000300,
  CreateDelegations1797000000101,
  ErasePersons1797000000200,
  TellSixOutcomes1797000000201,
  LetImportsRest1797000000202,
  AskForms1797000000310,
  InvitePeople1797000000311,
  SetTermsForEvents1797000000312,
  ReadmitPersons1797000000313,
  CountRegistrations1797000000360,
  CountRehearsedKeys1797000000500,
  CompareRehearsedLines1797000000510,
  ChoosePersonIdentity1797000000520,
  CountOrganizationsAndScans1797000000530,
  RememberFormerMarks1797000000540,
];
