import { type EntityClass } from '@expo-accord/database';
import { idempotencyEntities } from '@expo-accord/http';
import { messagingEntities } from '@expo-accord/messaging';
import { organizationEntities } from '@expo-accord/organizations';
import { CheckInRow } from '../check-ins/check-in.entity';
import { EntryConditionRow } from '../check-ins/entry-condition.entity';
import { Delegation } from '../delegations/delegation.entity';
import { EventCopy } from '../events/event-copy.entity';
import { RegistrationForm } from '../forms/registration-form.entity';
import { CheckInTotal } from '../figures/check-in-total.entity';
import { OrganizationTotal } from '../figures/organization-total.entity';
import { RegistrationTotal } from '../figures/registration-total.entity';
import { ImportChunk } from '../imports/import-chunk.entity';
import { ImportJob } from '../imports/import-job.entity';
import { ImportResult } from '../imports/import-result.entity';
import { RehearsedKey } from '../imports/rehearsed-key.entity';
import { Invitation, InvitationCode, InvitationUse } from '../invitations/invitation.entity';
import { Registrant } from '../registrations/registrant.entity';
import { RegistrationRef } from '../registrations/registration-ref.entity';
import { RegistrationRow } from '../registrations/registration.entity';
import { ContactHeartbeatRow } from '../personal-data/contact-heartbeat.entity';
import { ErasureMark } from '../personal-data/erasure-mark.entity';
import { FormerMark } from '../personal-data/former-mark.entity';
import { Readmission } from '../personal-data/readmission.entity';
import { Retention } from '../personal-data/retention.entity';
import { Quota } from '../tickets/quota.entity';
import { RegistrationSettings } from '../tickets/registration-settings.entity';
import { TicketCategory } from '../tickets/ticket-category.entity';

export const entities: readonly EntityClass[] = [
  ...messagingEntities,
  ...idempotencyEntities,
  ...organizationEntities,
  EventCopy,
  RegistrationForm,
  RegistrationSettings,
  TicketCategory,
  Quota,
  Delegation,
  RegistrationRow,
  Registrant,
  RegistrationRef,
  Invitation,
  InvitationCode,
  InvitationUse,
  CheckInRow,
  EntryConditionRow,
  RegistrationTotal,
  OrganizationTotal,
  CheckInTotal,
  ImportJob,
  ImportChunk,
  ImportResult,
  RehearsedKey,
  ErasureMark,
  FormerMark,
  Readmission,
  Retention,
  ContactHeartbeatRow,
];
