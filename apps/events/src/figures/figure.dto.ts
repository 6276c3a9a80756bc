import { IsCode, IsEconomy, IsLocalizedText, IsPartialDate, IsQuantity } from '@expo-accord/http';
import { type LocalizedText, type PartialDate, type Quantity } from '@expo-accord/values';
import { IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsDefined,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { Marks, PartialListBody, RecordAnswer, RecordBody } from '../records/record.dto';
import { RecordListQuery } from '../records/record-query.dto';

/** Exactly one of the three. */
export class FigureSubjectBody {
  @IsOptional()
  @IsUUID()
  seriesId?: string;

  @IsOptional()
  @IsUUID()
  eventId?: string;

  @IsOptional()
  @IsArray()
  @ArrayMinSize(2)
  @ArrayMaxSize(500)
  @IsUUID(undefined, { each: true })
  eventIds?: string[];
}

/** A part that the source names, such as 24 enterprises among more than 100 people. Parts are never summed. */
export class FigurePart extends Marks {
  @IsQuantity({ optional: true, nullable: true })
  quantity?: Quantity | null;

  @IsLocalizedText({ optional: true, nullable: true })
  text?: LocalizedText | null;

  @IsEconomy({ optional: true, nullable: true })
  economy?: string | null;

  @IsOptional()
  @IsUUID()
  organizationId?: string | null;
}

/** An edition that the figure covers, by id or as the source calls it. */
export class CoveredEdition {
  @IsOptional()
  @IsUUID()
  eventId?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  label?: string | null;
}

export class CoveredEditions extends PartialListBody {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => CoveredEdition)
  items!: CoveredEdition[];
}

export class FigureBody extends RecordBody {
  @IsDefined()
  @ValidateNested()
  @Type(() => FigureSubjectBody)
  subject!: FigureSubjectBody;

  /** Code list metrics: participants, projects, investment, businessVolume, agreements... */
  @IsCode()
  metric!: string;

  @IsQuantity()
  quantity!: Quantity;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => FigurePart)
  includes?: FigurePart[];

  @IsOptional()
  @IsIn(['exhaustive', 'illustrative'])
  includesCompleteness?: 'exhaustive' | 'illustrative' | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => CoveredEditions)
  covers?: CoveredEditions | null;

  /** The time that the figure is about, such as `2019/..`. */
  @IsPartialDate({ optional: true, nullable: true })
  period?: PartialDate | null;

  /** Entered after the fact: needs the scope history:write, and `sources` that say who published it. */
  @IsOptional()
  @IsBoolean()
  historical?: boolean;
}

class FigureMarks {
  /** As its subject is. */
  synthetic!: boolean;
}

export class FigureAnswer extends IntersectionType(FigureBody, IntersectionType(FigureMarks, RecordAnswer)) {}

export class FigureListQuery extends RecordListQuery {
  @IsOptional()
  @IsUUID()
  seriesId?: string;

  @IsOptional()
  @IsUUID()
  eventId?: string;

  @IsCode({ optional: true })
  metric?: string;
}
