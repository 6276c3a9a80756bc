import { IsCode, IsEconomy, IsLocalizedText, IsScheduledTime } from '@expo-accord/http';
import { type LocalizedText, type ScheduledTime } from '@expo-accord/values';
import { Type } from 'class-transformer';
import { IsArray, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { Marks, PartialListBody } from '../records/record.dto';

/** A topic or an industry, in the words of the source and, where one fits, as a code. */
export class Topic extends Marks {
  @IsCode({ optional: true, nullable: true })
  code?: string | null;

  @IsLocalizedText()
  text!: LocalizedText;
}

export class TopicList extends PartialListBody {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Topic)
  items!: Topic[];
}

export class RegistrationWindowBody {
  @IsScheduledTime({ optional: true, nullable: true })
  opens?: ScheduledTime | null;

  @IsScheduledTime({ optional: true, nullable: true })
  closes?: ScheduledTime | null;
}

/** Where it takes place, from the hall to the economy, as far as it is known. */
export class Venue extends Marks {
  @IsOptional()
  @IsUUID()
  placeId?: string | null;

  @IsLocalizedText({ optional: true, nullable: true })
  hall?: LocalizedText | null;

  @IsLocalizedText({ optional: true, nullable: true })
  hotel?: LocalizedText | null;

  @IsLocalizedText({ optional: true, nullable: true })
  city?: LocalizedText | null;

  @IsLocalizedText({ optional: true, nullable: true })
  province?: LocalizedText | null;

  @IsEconomy({ optional: true, nullable: true })
  economy?: string | null;
}

export class Group extends Marks {
  @IsLocalizedText()
  text!: LocalizedText;

  @IsOptional()
  @IsUUID()
  organizationId?: string | null;

  /** Code list participation-roles. */
  @IsCode({ optional: true, nullable: true })
  role?: string | null;

  @IsEconomy({ optional: true, nullable: true })
  side?: string | null;
}

export class GroupList extends PartialListBody {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Group)
  items!: Group[];
}

/** What every registration has to satisfy before it is checked in, such as holding a health certificate. */
export class EntryCondition extends Marks {
  /** Code list entry-conditions: healthCertificate, negativeTest... It is ticked off under this code. */
  @IsCode()
  code!: string;

  /** What is asked, as registrants and those at the door read it. */
  @IsLocalizedText()
  text!: LocalizedText;
}

/** What was undertaken elsewhere, and that this event is to make true once it was held: "the second meeting, in China". */
export class FulfilledCommitment extends Marks {
  /** Of the agreements service, which judges by the event's date and place whether it was met. */
  @IsUUID()
  commitmentId!: string;
}

/** Sub-events are events with this one as `parentId`; here stands only how complete they are. */
export class SubEventNote extends PartialListBody {}
