import { IsCode, IsEconomy, IsLocalizedText } from '@expo-accord/http';
import { type LocalizedText } from '@expo-accord/values';
import { IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { Post, RecordAnswer, RecordBody } from '../records/record.dto';
import { RecordListQuery } from '../records/record-query.dto';

export class ParticipationBody extends RecordBody {
  /** The office-holder; left out where the source names only a post. */
  @IsOptional()
  @IsUUID()
  personId?: string | null;

  /** Who it was, where no name is known. */
  @IsLocalizedText({ optional: true, nullable: true })
  described?: LocalizedText | null;

  /** Code list participation-roles: chair, coChair, openingSpeaker, speaker, official, moderator... */
  @IsCode()
  role!: string;

  /** As they were held at the event. */
  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Post)
  posts?: Post[];

  /** On whose behalf. */
  @IsOptional()
  @IsUUID()
  organizationId?: string | null;

  @IsEconomy({ optional: true, nullable: true })
  side?: string | null;

  /** Code list participation-modes: inPerson, video, recorded. */
  @IsCode({ optional: true, nullable: true })
  mode?: string | null;

  @IsOptional()
  @IsUUID()
  sessionId?: string | null;
}

class OfEvent {
  eventId!: string;
}

export class ParticipationAnswer extends IntersectionType(ParticipationBody, IntersectionType(OfEvent, RecordAnswer)) {}

export class ParticipationListQuery extends RecordListQuery {
  @IsOptional()
  @IsUUID()
  personId?: string;

  @IsCode({ optional: true })
  role?: string;
}
