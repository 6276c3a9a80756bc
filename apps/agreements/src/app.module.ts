import { type DynamicModule, Module } from '@nestjs/common';
import { databaseModule } from '@expo-accord/database';
import { MessagingModule } from '@expo-accord/messaging';
import { MergedOrganizations, SurvivingOrganizationsInterceptor } from '@expo-accord/organizations';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AgreementBatches } from './agreements/agreement-batch.service';
import { AgreementLedger } from './agreements/agreement-ledger.service';
import { AgreementStepQueue } from './agreements/agreement-step.queue';
import { AgreementSteps } from './agreements/agreement-steps.service';
import { AgreementController } from './agreements/agreement.controller';
import { AgreementReads } from './agreements/agreement.reads';
import { Agreements } from './agreements/agreement.service';
import { AuditReads } from './audit/audit-reads.service';
import { AuditTrail } from './audit/audit-trail.service';
import { auditControllers } from './audit/audit.controller';
import { AssessmentController } from './commitments/assessment.controller';
import { AssessmentReads } from './commitments/assessment.reads';
import { Assessments } from './commitments/assessment.service';
import { CommitmentDisclosure } from './commitments/commitment-disclosure.service';
import { CommitmentController } from './commitments/commitment.controller';
import { Commitments } from './commitments/commitment.service';
import { type AgreementsConfig } from './config';
import { ConsentController } from './consents/consent.controller';
import { Consents } from './consents/consent.service';
import { PartyFinder } from './consents/party-finder.service';
import { entities } from './database/entities';
import { migrations } from './database/migrations';
import { EntryDays } from './entry-into-force/entry-days.service';
import { EntryIntoForceWorker } from './entry-into-force/entry-into-force.worker';
import { DocumentContents, DocumentLimits } from './documents/document-content.service';
import { DocumentOwners } from './documents/document-owners.service';
import { documentControllers } from './documents/document.controller';
import { Documents } from './documents/document.service';
import { DocumentSweeper } from './documents/document.sweeper';
import { ObjectStore } from './documents/object-store';
import { openStore } from './documents/open-store';
import { EventCopies } from './events/event-copies.service';
import { EventCopyConsumer } from './events/event-copy.consumer';
import { MergedOrganizationConsumer } from './events/merged-organization.consumer';
import { CsvExports } from './exports/csv-export.service';
import { ExternalRefs } from './external-refs/external-refs.service';
import { FulfilmentConsumer } from './fulfilment/fulfilment.consumer';
import { Fulfilments } from './fulfilment/fulfilment.service';
import { importControllers } from './imports/import.controller';
import { Imports } from './imports/import.service';
import { ImportWorker } from './imports/import.worker';
import { Importers } from './imports/importers';
import { OutcomeDocumentController } from './outcome-documents/outcome-document.controller';
import { OutcomeDocuments } from './outcome-documents/outcome-document.service';
import { ProjectBatches } from './projects/project-batch.service';
import { ProjectStepsController } from './projects/project-steps.controller';
import { ProjectSteps } from './projects/project-steps.service';
import { ProjectController } from './projects/project.controller';
import { Projects } from './projects/project.service';
import { PublicUrl } from './recorded/public-url';
import { RevisionController } from './revisions/revision.controller';
import { Revisions } from './revisions/revision.service';
import { Clock } from './reminders/clock';
import { LeadTimesController } from './reminders/lead-times.controller';
import { LeadTimesOfTenants } from './reminders/lead-times.service';
import { ReminderPlans } from './reminders/reminder-plan.service';
import { ReminderWorker } from './reminders/reminder.worker';
import { RegisterController } from './register/register.controller';
import { Register } from './register/register.service';
import { ProjectTotals } from './statistics/project-totals.service';
import { StatisticsController } from './statistics/statistics.controller';
import { Statistics } from './statistics/statistics.service';
import { SupersessionReads } from './supersessions/supersession-reads.service';
import { SupersessionController } from './supersessions/supersession.controller';
import { Supersessions } from './supersessions/supersession.service';

const controllers = [
  // Before the controllers whose `:id/:action` would take `imports` or `actions` for an id, or the last step for an action.
  ...importControllers,
  ConsentController,
  RevisionController,
  SupersessionController,
  ...documentControllers,
  AgreementController,
  ProjectStepsController,
  ProjectController,
  OutcomeDocumentController,
  LeadTimesController,
  CommitmentController,
  AssessmentController,
  StatisticsController,
  ...auditControllers,
  RegisterController,
  EventCopyConsumer,
  FulfilmentConsumer,
  MergedOrganizationConsumer,
];

@Module({})
export class AppModule {
  static with(config: AgreementsConfig, clock: Clock): DynamicModule {
    return {
      module: AppModule,
      imports: [
        databaseModule({ config, entities, migrations }),
        MessagingModule.forRoot({ service: 'agreements', kafka: config }),
      ],
      controllers,
      providers: [
        { provide: Clock, useValue: clock },
        { provide: ObjectStore, useValue: openStore(config) },
        { provide: DocumentLimits, useValue: new DocumentLimits(config.DOCUMENT_MAX_BYTES) },
        { provide: PublicUrl, useValue: new PublicUrl(config.PUBLIC_URL) },
        { provide: APP_INTERCEPTOR, useClass: SurvivingOrganizationsInterceptor },
        MergedOrganizations,
        EventCopies,
        ExternalRefs,
        AuditTrail,
        AuditReads,
        Agreements,
        AgreementLedger,
        AgreementSteps,
        AgreementStepQueue,
        PartyFinder,
        Consents,
        EntryDays,
        EntryIntoForceWorker,
        Revisions,
        Supersessions,
        SupersessionReads,
        AgreementReads,
        Projects,
        ProjectBatches,
        ProjectSteps,
        AgreementBatches,
        Importers,
        Imports,
        ImportWorker,
        OutcomeDocuments,
        Commitments,
        CommitmentDisclosure,
        Assessments,
        AssessmentReads,
        Fulfilments,
        Documents,
        DocumentOwners,
        DocumentContents,
        DocumentSweeper,
        LeadTimesOfTenants,
        ReminderPlans,
        ReminderWorker,
        Statistics,
        ProjectTotals,
        Register,
        CsvExports,
      ],
    };
  }
}
