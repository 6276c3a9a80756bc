import { AreEconomies, IsCode, IsEconomy, IsLocalizedText, IsQuantity } from '@expo-accord/http';
import { type LocalizedText, type Quantity } from '@expo-accord/values';
import { IntersectionType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsArray, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { Marks, NamedBody, OrganizationList, PartialListBody, RecordAnswer } from '../records/record.dto';
import { RecordListQuery } from '../records/record-query.dto';

/** A development strategy that meets others in the zone, with the side whose strategy it is. */
export class Strategy extends Marks {
  @IsLocalizedText()
  name!: LocalizedText;

  @IsEconomy({ optional: true, nullable: true })
  ownerSide?: string | null;

  @IsOptional()
  @IsUUID()
  ownerOrganizationId?: string | null;
}

export class StrategyList extends PartialListBody {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Strategy)
  items!: Strategy[];
}

/** Whom an investor asks. */
export class CatalogueContact extends Marks {
  @IsOptional()
  @IsUUID()
  organizationId?: string | null;

  /** An office-holder. */
  @IsOptional()
  @IsUUID()
  personId?: string | null;

  /** One that has no record of its own: "the zone's investment office". */
  @IsLocalizedText({ optional: true, nullable: true })
  described?: LocalizedText | null;
}

export class CatalogueEntry extends Marks {
  /** Code list catalogue-kinds: industrialDirection, majorProject, investmentPolicy... */
  @IsCode()
  kind!: string;

  @IsLocalizedText({ optional: true, nullable: true })
  title?: LocalizedText | null;

  @IsLocalizedText()
  text!: LocalizedText;

  /** Money: what a project is to cost, what a policy grants. */
  @IsQuantity({ optional: true, nullable: true })
  amount?: Quantity | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => CatalogueContact)
  contact?: CatalogueContact | null;

  /** The session at which it was released. */
  @IsOptional()
  @IsUUID()
  releasedInSessionId?: string | null;
}

export class Catalogue extends PartialListBody {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => CatalogueEntry)
  items!: CatalogueEntry[];
}

export class ZoneBody extends NamedBody {
  /** Code list zone-kinds: demonstrationZone, industrialPark... */
  @IsCode()
  kind!: string;

  @IsOptional()
  @IsUUID()
  placeId?: string | null;

  @AreEconomies({ optional: true })
  economies?: string[];

  @IsLocalizedText({ optional: true, nullable: true })
  description?: LocalizedText | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => StrategyList)
  strategies?: StrategyList | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => Catalogue)
  catalogue?: Catalogue | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => OrganizationList)
  organizations?: OrganizationList | null;
}

export class ZoneAnswer extends IntersectionType(ZoneBody, RecordAnswer) {}

export class ZoneListQuery extends RecordListQuery {
  @IsCode({ optional: true })
  kind?: string;

  @IsOptional()
  @IsUUID()
  placeId?: string;
}
