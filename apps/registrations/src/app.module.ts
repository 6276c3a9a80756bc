import { type DynamicModule, Module } from '@nestjs/common';
import { databaseModule } from '@expo-accord/database';
import { MessagingModule } from '@expo-accord/messaging';
import { MergedOrganizations, SurvivingOrganizationsInterceptor } from '@expo-accord/organizations';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { CancellationWorker } from './cancellations/cancellation.worker';
import { CancelledEvents } from './cancellations/cancelled-events';
import { CheckInController } from './check-ins/check-in.controller';
import { CheckInRecorder } from './check-ins/check-in.recorder';
import { CheckInService } from './check-ins/check-in.service';
import { CheckInStore } from './check-ins/check-in.store';
import { EntryConditionController } from './check-ins/entry-condition.controller';
import { EntryConditionService } from './check-ins/entry-condition.service';
import { EntryConditionStore } from './check-ins/entry-condition.store';
import { ScanQueue } from './check-ins/scan-queue';
import { type RegistrationsConfig, REGISTRATIONS_CONFIG } from './config';
import { DelegationController } from './delegations/delegation.controller';
import { DelegationService } from './delegations/delegation.service';
import { entities } from './database/entities';
import { migrations } from './database/migrations';
import { EventCopyConsumer } from './events/event-copy.consumer';
import { EventCopyStore } from './events/event-copy.store';
import { MergedOrganizationConsumer } from './events/merged-organization.consumer';
import { FiguresController } from './figures/figures.controller';
import { FiguresService } from './figures/figures.service';
import { EventTotals } from './figures/event-totals';
import { FormController } from './forms/form.controller';
import { FormService } from './forms/form.service';
import { FormStore } from './forms/form.store';
import { ChunkService } from './imports/chunk.service';
import { ImportController } from './imports/import.controller';
import { ImportProgress } from './imports/import-progress';
import { ImportService } from './imports/import.service';
import { ImportWorker } from './imports/import.worker';
import { ErasedUploads } from './imports/erased-uploads';
import { Rehearsal } from './imports/rehearsal';
import { InvitationController } from './invitations/invitation.controller';
import { InvitationService } from './invitations/invitation.service';
import { InvitationStore } from './invitations/invitation.store';
import { ActionQueue } from './registrations/action.queue';
import { ContactHeartbeat } from './personal-data/contact-heartbeat';
import { Erasure } from './personal-data/erasure';
import { ErasureMarks } from './personal-data/erasure-marks';
import { PersonalDataController } from './personal-data/personal-data.controller';
import { PersonalDataService } from './personal-data/personal-data.service';
import { Purge } from './personal-data/purge';
import { PersonalDataWorker } from './personal-data/personal-data.worker';
import { ReadmissionController } from './personal-data/readmission.controller';
import { ReadmissionService } from './personal-data/readmission.service';
import { Registrants } from './personal-data/registrants';
import { RetentionController } from './personal-data/retention.controller';
import { RetentionService } from './personal-data/retention.service';
import { AdmissionService } from './registrations/admission.service';
import { RegistrationController } from './registrations/registration.controller';
import { RegistrationExport } from './registrations/registration.export';
import { RegistrationList } from './registrations/registration.list';
import { RegistrationService } from './registrations/registration.service';
import { RegistrationStore } from './registrations/registration.store';
import { SignUpQueue } from './registrations/sign-up.queue';
import { SignedTicketController } from './signed-tickets/signed-ticket.controller';
import { SignedTicketService } from './signed-tickets/signed-ticket.service';
import { TicketKeys } from './signed-tickets/ticket-keys';
import { QuotaController } from './tickets/quota.controller';
import { QuotaService } from './tickets/quota.service';
import { QuotaStore } from './tickets/quota.store';
import { RegistrationSettingsController } from './tickets/registration-settings.controller';
import { RegistrationSettingsService } from './tickets/registration-settings.service';
import { TicketCategoryController } from './tickets/ticket-category.controller';
import { TicketCategoryService } from './tickets/ticket-category.service';
import { TicketCategoryStore } from './tickets/ticket-category.store';
import { Waitlist } from './waitlist/waitlist.service';

const controllers = [
  EventCopyConsumer,
  MergedOrganizationConsumer,
  TicketCategoryController,
  QuotaController,
  FormController,
  InvitationController,
  RegistrationSettingsController,
  RegistrationController,
  DelegationController,
  SignedTicketController,
  CheckInController,
  EntryConditionController,
  FiguresController,
  ImportController,
  PersonalDataController,
  RetentionController,
  ReadmissionController,
];

const services = [
  MergedOrganizations,
  EventCopyStore,
  QuotaStore,
  QuotaService,
  TicketCategoryStore,
  TicketCategoryService,
  FormStore,
  FormService,
  InvitationStore,
  InvitationService,
  RegistrationSettingsService,
  RegistrationStore,
  Waitlist,
  AdmissionService,
  SignUpQueue,
  ActionQueue,
  RegistrationService,
  DelegationService,
  RegistrationList,
  RegistrationExport,
  TicketKeys,
  SignedTicketService,
  CheckInStore,
  EntryConditionStore,
  CheckInRecorder,
  ScanQueue,
  CheckInService,
  EntryConditionService,
  FiguresService,
  EventTotals,
  ImportService,
  ImportProgress,
  ImportWorker,
  ChunkService,
  Rehearsal,
  ErasureMarks,
  ErasedUploads,
  Registrants,
  Erasure,
  PersonalDataService,
  Purge,
  ContactHeartbeat,
  PersonalDataWorker,
  RetentionService,
  ReadmissionService,
  CancelledEvents,
  CancellationWorker,
];

@Module({})
export class AppModule {
  static with(config: RegistrationsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        databaseModule({ config, entities, migrations }),
        MessagingModule.forRoot({ service: 'registrations', kafka: config }),
      ],
      controllers,
      providers: [
        { provide: REGISTRATIONS_CONFIG, useValue: config },
        { provide: APP_INTERCEPTOR, useClass: SurvivingOrganizationsInterceptor },
        ...services,
      ],
    };
  }
}
