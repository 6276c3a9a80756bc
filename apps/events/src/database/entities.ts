import { type EntityClass } from '@expo-accord/database';
import { idempotencyEntities } from '@expo-accord/http';
import { messagingEntities } from '@expo-accord/messaging';
import { CodeEntity } from '../codes/code.entity';
import { EventEntity } from '../events/event.entity';
import { EventStatusChangeEntity } from '../events/event-status-change.entity';
import { FigureEntity } from '../figures/figure.entity';
import { OrganizationEntity } from '../organizations/organization.entity';
import { ParticipationEntity } from '../participations/participation.entity';
import { PersonEntity } from '../people/person.entity';
import { PlaceEntity } from '../places/place.entity';
import { PlaceRelationshipEntity } from '../places/place-relationship.entity';
import { ExternalRefEntity } from '../records/external-ref.entity';
import { SeriesEntity } from '../series/series.entity';
import { SessionEntity } from '../sessions/session.entity';
import { StatementEntity } from '../statements/statement.entity';
import {
  CountedAgreementEntity,
  CountedProjectEntity,
  CountedRegistrationsEntity,
} from '../statistics/statistics.entities';
import { ZoneEntity } from '../zones/zone.entity';

export const entities: readonly EntityClass[] = [
  ...messagingEntities,
  ...idempotencyEntities,
  SeriesEntity,
  EventEntity,
  EventStatusChangeEntity,
  OrganizationEntity,
  PersonEntity,
  ParticipationEntity,
  SessionEntity,
  StatementEntity,
  PlaceEntity,
  PlaceRelationshipEntity,
  ZoneEntity,
  FigureEntity,
  CodeEntity,
  ExternalRefEntity,
  CountedRegistrationsEntity,
  CountedProjectEntity,
  CountedAgreementEntity,
];
