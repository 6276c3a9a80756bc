import { AreEconomies, IsCode, IsEconomy, IsLanguageTag, IsLocalizedText } from '@expo-accord/http';
import { type LocalizedText } from '@expo-accord/values';
import { IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsInt, IsOptional, IsUUID, Min, ValidateNested } from 'class-validator';
import { Marks, NamedBody, OrganizationList, PartialListBody, RecordAnswer } from '../records/record.dto';
import { RecordListQuery } from '../records/record-query.dto';

/** Who chairs a mechanism for one side. */
export class CoChairSide extends Marks {
  @IsEconomy({ optional: true, nullable: true })
  side?: string | null;

  @IsOptional()
  @IsUUID()
  organizationId?: string | null;

  /** The post that chairs, such as the vice minister of commerce. */
  @IsLocalizedText({ optional: true, nullable: true })
  post?: LocalizedText | null;
}

/** Where one meeting of a mechanism is held. */
export class HostTurn extends Marks {
  @IsOptional()
  @IsInt()
  @Min(1)
  ordinal?: number | null;

  @IsEconomy({ optional: true, nullable: true })
  side?: string | null;

  @IsOptional()
  @IsUUID()
  eventId?: string | null;
}

export class HostRotation extends PartialListBody {
  /** In the order of the meetings. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => HostTurn)
  items!: HostTurn[];
}

export class SeriesBody extends NamedBody {
  /** Code list event-kinds. */
  @IsCode()
  kind!: string;

  /** A series of intergovernmental meetings with co-chairs by side. */
  @IsOptional()
  @IsBoolean()
  mechanism?: boolean;

  /** Part of a simulation; every event of the series is, too. */
  @IsOptional()
  @IsBoolean()
  synthetic?: boolean;

  /** Entered after the fact: needs the scope history:write. */
  @IsOptional()
  @IsBoolean()
  historical?: boolean;

  @AreEconomies({ optional: true })
  economies?: string[];

  /** Languages in which an event of the series has its names, theme and description before it is published. */
  @IsLanguageTag({ optional: true, each: true })
  requiredLanguages?: string[];

  @IsLocalizedText({ optional: true, nullable: true })
  description?: LocalizedText | null;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => CoChairSide)
  coChairs?: CoChairSide[];

  @IsOptional()
  @ValidateNested()
  @Type(() => HostRotation)
  hostRotation?: HostRotation | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => OrganizationList)
  organizers?: OrganizationList | null;
}

export class SeriesAnswer extends IntersectionType(SeriesBody, RecordAnswer) {}

/** Which side is to host the next meeting. */
export class NextHost {
  /** Behind the last meeting that is public. */
  ordinal!: number;
  /** Null where the rotation does not tell. */
  side!: string | null;
  /** `stated` by the rotation itself, or `inferred` from how the sides took turns. */
  certainty!: 'stated' | 'inferred' | null;
  because!: string | null;
}

export class SeriesListQuery extends RecordListQuery {
  @IsCode({ optional: true })
  kind?: string;
}
