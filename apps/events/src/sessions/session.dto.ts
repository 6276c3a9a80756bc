import { IsCode, IsLocalizedText, IsPartialDate, IsScheduledTime } from '@expo-accord/http';
import { type LocalizedText, type PartialDate, type ScheduledTime } from '@expo-accord/values';
import { IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsOptional, IsUUID, Min, ValidateNested } from 'class-validator';
import { GroupList } from '../events/event-parts.dto';
import { Marks, NamedBody, RecordAnswer } from '../records/record.dto';
import { RecordListQuery } from '../records/record-query.dto';

/** What was presented or released at a session. */
export class Release extends Marks {
  /** Code list catalogue-kinds: industrialDirection, majorProject, investmentPolicy... */
  @IsCode()
  kind!: string;

  @IsLocalizedText()
  text!: LocalizedText;
}

export class SessionBody extends NamedBody {
  /** Code list session-kinds: briefing, release, discussion, presentation... */
  @IsCode()
  kind!: string;

  @IsScheduledTime({ optional: true, nullable: true })
  startsAt?: ScheduledTime | null;

  @IsScheduledTime({ optional: true, nullable: true })
  endsAt?: ScheduledTime | null;

  @IsPartialDate({ optional: true, nullable: true })
  date?: PartialDate | null;

  @IsLocalizedText({ optional: true, nullable: true })
  room?: LocalizedText | null;

  @IsOptional()
  @IsInt()
  @Min(0)
  capacity?: number | null;

  @IsLocalizedText({ optional: true, nullable: true })
  description?: LocalizedText | null;

  @IsOptional()
  @IsUUID()
  zoneId?: string | null;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Release)
  releases?: Release[];

  /** Who presented, where the source names no persons: "relevant heads of Jilin province". */
  @IsOptional()
  @ValidateNested()
  @Type(() => GroupList)
  presenters?: GroupList | null;
}

class OfEvent {
  eventId!: string;
}

export class SessionAnswer extends IntersectionType(SessionBody, IntersectionType(OfEvent, RecordAnswer)) {}

export class SessionListQuery extends RecordListQuery {
  @IsCode({ optional: true })
  kind?: string;
}
