import { AreEconomies, IsCode, IsEconomy, IsLocalizedText, IsPartialDate, IsScheduledTime } from '@expo-accord/http';
import { type LocalizedText, type PartialDate, type ScheduledTime } from '@expo-accord/values';
import { IntersectionType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { NamedBody, OrganizationList, RecordAnswer } from '../records/record.dto';
import { IsDay, RecordListQuery } from '../records/record-query.dto';
import {
  EntryCondition,
  FulfilledCommitment,
  GroupList,
  RegistrationWindowBody,
  SubEventNote,
  TopicList,
  Venue,
} from './event-parts.dto';
import { type EventAction, type EventStatus, eventStatuses } from './event.rules';

export class EventBody extends NamedBody {
  @IsOptional()
  @IsUUID()
  seriesId?: string | null;

  /** The event that this one is part of. */
  @IsOptional()
  @IsUUID()
  parentId?: string | null;

  /** Code list event-kinds: forum, exposition, promotionConference, mechanismMeeting, ceremony... */
  @IsCode()
  kind!: string;

  /** 24 for "the 24th meeting". */
  @IsOptional()
  @IsInt()
  @Min(1)
  ordinal?: number | null;

  /** "2024" for "the 2024 forum". */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  label?: string | null;

  /** Entered after the fact: needs the scope history:write. */
  @IsOptional()
  @IsBoolean()
  historical?: boolean;

  /** Part of a simulation; taken from the series where there is one. */
  @IsOptional()
  @IsBoolean()
  synthetic?: boolean;

  /** Theme or slogan, verbatim. */
  @IsLocalizedText({ optional: true, nullable: true })
  theme?: LocalizedText | null;

  @IsLocalizedText({ optional: true, nullable: true })
  description?: LocalizedText | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => TopicList)
  topics?: TopicList | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => TopicList)
  focusIndustries?: TopicList | null;

  /** When it took place, as far as it is known. */
  @IsPartialDate({ optional: true, nullable: true })
  date?: PartialDate | null;

  @IsScheduledTime({ optional: true, nullable: true })
  startsAt?: ScheduledTime | null;

  @IsScheduledTime({ optional: true, nullable: true })
  endsAt?: ScheduledTime | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => RegistrationWindowBody)
  registrationWindow?: RegistrationWindowBody | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => Venue)
  venue?: Venue | null;

  /** Code list attendance-modes: inPerson, online, hybrid. */
  @IsCode({ optional: true, nullable: true })
  mode?: string | null;

  /** The sides that take part. */
  @AreEconomies({ optional: true })
  economies?: string[];

  /** Hosts, co-hosts, organisers, supporters. */
  @IsOptional()
  @ValidateNested()
  @Type(() => OrganizationList)
  hosts?: OrganizationList | null;

  /** Bodies that sent representatives, by side. */
  @IsOptional()
  @ValidateNested()
  @Type(() => OrganizationList)
  delegatingBodies?: OrganizationList | null;

  /** Groups whose members are not named: "heads of the Jilin provincial government". */
  @IsOptional()
  @ValidateNested()
  @Type(() => GroupList)
  groups?: GroupList | null;

  /** Whether the source named all sub-events. */
  @IsOptional()
  @ValidateNested()
  @Type(() => SubEventNote)
  subEvents?: SubEventNote | null;

  /** Commitments that this event fulfils, or is to fulfil. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique(({ commitmentId }: FulfilledCommitment) => commitmentId)
  @ValidateNested({ each: true })
  @Type(() => FulfilledCommitment)
  fulfils?: FulfilledCommitment[] | null;

  /** The checklist before check-in, each code once. A sub-event has its own. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ArrayUnique(({ code }: EntryCondition) => code)
  @ValidateNested({ each: true })
  @Type(() => EntryCondition)
  entryConditions?: EntryCondition[] | null;
}

export class EventCreation extends EventBody {
  /** Only with `historical`: the status as it was. */
  @IsOptional()
  @IsIn(eventStatuses)
  status?: EventStatus;
}

class EventLife {
  status!: EventStatus;
  /** What can be done now. */
  actions!: EventAction[];
}

export class EventAnswer extends IntersectionType(EventBody, IntersectionType(EventLife, RecordAnswer)) {}

export class EventActionBody {
  @IsLocalizedText({ optional: true, nullable: true })
  reason?: LocalizedText | null;

  /** When it happened, if that was not now. */
  @IsPartialDate({ optional: true, nullable: true })
  occurredOn?: PartialDate | null;
}

export class EventStatusChangeAnswer {
  id!: string;
  action!: string;
  previousStatus!: string;
  status!: string;
  @IsLocalizedText({ nullable: true })
  reason!: LocalizedText | null;
  @IsPartialDate({ nullable: true })
  occurredOn!: PartialDate | null;
  createdAt!: string;
}

/** The reverse with a minus. Not by the last change backwards: what is changed meanwhile would never be met. */
export const eventSorts = ['createdAt', '-createdAt', 'startsOn', '-startsOn', 'updatedAt'] as const;
export type EventSort = (typeof eventSorts)[number];

export class EventListQuery extends RecordListQuery {
  @IsOptional()
  @IsUUID()
  seriesId?: string;

  @IsOptional()
  @IsUUID()
  parentId?: string;

  @IsOptional()
  @IsIn(eventStatuses)
  status?: EventStatus;

  @IsCode({ optional: true })
  kind?: string;

  /** An economy that takes part. */
  @IsEconomy({ optional: true })
  side?: string;

  /** The code of a focus industry. */
  @IsCode({ optional: true })
  industry?: string;

  /** Only what may take place on this day or later, by the calendar of its place; of unknown date is nothing then. */
  @IsOptional()
  @IsDay()
  from?: string;

  /** Only what may take place on this day or earlier. */
  @IsOptional()
  @IsDay()
  to?: string;

  /** Order of the list; the first is the default. A cursor holds for the order it was given in. */
  @IsOptional()
  @IsIn(eventSorts)
  sort?: EventSort;

  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  synthetic?: boolean;
}
