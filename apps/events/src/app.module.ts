import { databaseModule } from '@expo-accord/database';
import { MessagingModule } from '@expo-accord/messaging';
import { type DynamicModule, Module } from '@nestjs/common';
import { CalendarController } from './calendar/calendar.controller';
import { CalendarService } from './calendar/calendar.service';
import { CodeController } from './codes/code.controller';
import { CodeService } from './codes/code.service';
import { type EventsConfig } from './config';
import { entities } from './database/entities';
import { migrations } from './database/migrations';
import { EventController } from './events/event.controller';
import { EventCloneService } from './events/event-clone.service';
import { EventService } from './events/event.service';
import { EventStatusChanges } from './events/event-status-changes';
import { EventTree } from './events/event-tree';
import { Publication } from './events/publication';
import { FigureAnnouncements } from './figures/figure-announcements';
import { FigureController } from './figures/figure.controller';
import { FigureService } from './figures/figure.service';
import { MasterImport } from './master-data/master-import.service';
import { MasterRecords } from './master-data/master-records.service';
import { Merging } from './master-data/merging.service';
import { References } from './master-data/references.service';
import { OrganizationController } from './organizations/organization.controller';
import { ParticipationController } from './participations/participation.controller';
import { PersonController } from './people/person.controller';
import { PlaceController } from './places/place.controller';
import { PlaceRelationshipController } from './places/place-relationship.controller';
import { ChildRecords } from './records/child-record.service';
import { ExternalRefs } from './records/external-refs';
import { PublicUrls } from './records/public-urls';
import { Records } from './records/record.service';
import { SeriesController } from './series/series.controller';
import { SeriesService } from './series/series.service';
import { SessionController } from './sessions/session.controller';
import { StatementController } from './statements/statement.controller';
import { ReportedFigures } from './statistics/reported-figures';
import { StatisticsConsumer } from './statistics/statistics.consumer';
import { StatisticsController } from './statistics/statistics.controller';
import { StatisticsService } from './statistics/statistics.service';
import { Tallies } from './statistics/tallies';
import { TallyReader } from './statistics/tally-reader';
import { ZoneController } from './zones/zone.controller';

const controllers = [
  SeriesController,
  StatisticsController,
  EventController,
  CalendarController,
  ParticipationController,
  SessionController,
  StatementController,
  FigureController,
  OrganizationController,
  PersonController,
  PlaceController,
  PlaceRelationshipController,
  ZoneController,
  CodeController,
  StatisticsConsumer,
];

const providers = [
  Records,
  ChildRecords,
  ExternalRefs,
  MasterRecords,
  References,
  Merging,
  MasterImport,
  SeriesService,
  EventService,
  EventCloneService,
  EventTree,
  EventStatusChanges,
  Publication,
  CalendarService,
  FigureService,
  FigureAnnouncements,
  CodeService,
  StatisticsService,
  ReportedFigures,
  Tallies,
  TallyReader,
];

@Module({})
export class AppModule {
  static with(config: EventsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        databaseModule({ config, entities, migrations }),
        MessagingModule.forRoot({ service: 'events', kafka: config }),
      ],
      controllers,
      providers: [...providers, { provide: PublicUrls, useValue: new PublicUrls(config.PUBLIC_URL) }],
    };
  }
}
