import { IsCode, IsEconomy, IsLocalizedText, IsPartialDate } from '@expo-accord/http';
import { type LocalizedText, type PartialDate } from '@expo-accord/values';
import { IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsDefined, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { MasterListQuery, MergeMark } from '../master-data/master.dto';
import { Marks, NamedBody, PartialListBody, RecordAnswer, RecordBody } from '../records/record.dto';

export class PlaceBody extends NamedBody {
  /** Code list place-kinds: economy, province, city, hotel, hall... */
  @IsCode()
  kind!: string;

  @IsEconomy({ optional: true, nullable: true })
  economy?: string | null;

  /** The place that this one lies in. */
  @IsOptional()
  @IsUUID()
  parentId?: string | null;

  @IsLocalizedText({ optional: true, nullable: true })
  description?: LocalizedText | null;
}

export class PlaceAnswer extends IntersectionType(PlaceBody, IntersectionType(MergeMark, RecordAnswer)) {}

export class PlaceListQuery extends MasterListQuery {
  @IsCode({ optional: true })
  kind?: string;

  @IsEconomy({ optional: true })
  economy?: string;

  @IsOptional()
  @IsUUID()
  parentId?: string;
}

/** A place at the other end of a relationship; one that is only named needs no record. */
export class RelatedPlace extends Marks {
  @IsOptional()
  @IsUUID()
  placeId?: string | null;

  @IsLocalizedText({ optional: true, nullable: true })
  name?: LocalizedText | null;
}

export class RelatedPlaces extends PartialListBody {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => RelatedPlace)
  items!: RelatedPlace[];
}

/** "Sister cities: six, like Ulsan" is one relationship with one named partner, a count of six, illustrative. */
export class PlaceRelationshipBody extends RecordBody {
  /** Code list relationship-kinds: sisterCity, friendlyRegion... */
  @IsCode()
  kind!: string;

  /** The economy that all partners lie in. */
  @IsEconomy({ optional: true, nullable: true })
  economy?: string | null;

  @IsDefined()
  @ValidateNested()
  @Type(() => RelatedPlaces)
  partners!: RelatedPlaces;

  @IsPartialDate({ optional: true, nullable: true })
  since?: PartialDate | null;

  @IsLocalizedText({ optional: true, nullable: true })
  text?: LocalizedText | null;
}

class PlaceOfRelationship {
  placeId!: string;
}

export class PlaceRelationshipAnswer extends IntersectionType(
  PlaceRelationshipBody,
  IntersectionType(PlaceOfRelationship, RecordAnswer),
) {}
