import {
  AreEconomies,
  AreExternalRefs,
  AreSourceRefs,
  IsCertainty,
  IsCode,
  IsEconomy,
  IsLocalizedText,
  IsQuantity,
} from '@expo-accord/http';
import {
  type Certainty,
  type ExternalRef,
  type LocalizedText,
  type Quantity,
  type SourceRef,
} from '@expo-accord/values';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsOptional, IsString, IsUUID, MaxLength, Min, ValidateNested } from 'class-validator';
import { IsName } from './name-fields';

export class InferredPart {
  /** The field that was inferred, as a JSON pointer. */
  @IsString()
  @MaxLength(200)
  part!: string;

  @IsString()
  @MaxLength(2000)
  because!: string;
}

/** How far a fact can be relied on, and who says so. */
export class Marks {
  @AreSourceRefs({ optional: true })
  sources?: SourceRef[];

  @IsCertainty({ optional: true })
  certainty?: Certainty;

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  because?: string;
}

/** What the body of every resource may carry. */
export class RecordBody extends Marks {
  @AreExternalRefs({ optional: true })
  externalRefs?: ExternalRef[];

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => InferredPart)
  inferred?: InferredPart[];
}

/** What every answer adds to the body. */
export class RecordAnswer {
  id!: string;
  version!: number;
  createdAt!: string;
  updatedAt!: string;
}

/** A list that a source may have cut short with "such as". */
export class PartialListBody {
  @IsIn(['exhaustive', 'illustrative'])
  completeness!: 'exhaustive' | 'illustrative';

  @IsQuantity({ optional: true, nullable: true })
  count?: Quantity | null;
}

/** A fact around the thing described: an arrangement, a condition, the background, what it meant. */
export class Fact extends Marks {
  /** Code list fact-kinds: arrangement, condition, background, significance, effect... */
  @IsCode()
  kind!: string;

  @IsLocalizedText({ optional: true, nullable: true })
  title?: LocalizedText | null;

  @IsLocalizedText()
  text!: LocalizedText;

  @AreEconomies({ optional: true })
  sides?: string[];
}

/** Another name of the same thing. */
export class Alias extends Marks {
  @IsName()
  names!: LocalizedText;
}

export class NamedBody extends RecordBody {
  @IsName()
  names!: LocalizedText;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Alias)
  aliases?: Alias[];

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => Fact)
  facts?: Fact[];
}

/** An organisation in a role; one that is only named in a source needs no record of its own. */
export class OrganizationInRole extends Marks {
  @IsOptional()
  @IsUUID()
  organizationId?: string | null;

  @IsLocalizedText({ optional: true, nullable: true })
  name?: LocalizedText | null;

  /** Code list organization-roles: host, coHost, organizer, supporter, delegatingBody... */
  @IsCode({ optional: true, nullable: true })
  role?: string | null;

  @IsEconomy({ optional: true, nullable: true })
  side?: string | null;
}

export class OrganizationList extends PartialListBody {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => OrganizationInRole)
  items!: OrganizationInRole[];
}

/** A post as it was held: present or former, "the eighth" as ordinal 8. */
export class Post extends Marks {
  @IsLocalizedText()
  title!: LocalizedText;

  @IsOptional()
  @IsUUID()
  organizationId?: string | null;

  @IsLocalizedText({ optional: true, nullable: true })
  organization?: LocalizedText | null;

  @IsOptional()
  @IsIn(['present', 'former'])
  tenure?: 'present' | 'former' | null;

  @IsOptional()
  @IsInt()
  @Min(1)
  ordinal?: number | null;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  asReported?: string | null;
}
