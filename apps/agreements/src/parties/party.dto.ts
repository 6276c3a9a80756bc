import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { AreExternalRefs, IsCode, IsEconomy, IsLocalizedText, IsPartialDate, IsPersonName } from '@expo-accord/http';
import { type ExternalRef, type LocalizedText, type PartialDate, type PersonName } from '@expo-accord/values';
import { Marked, PartialList } from '../statements/marks.dto';

/** Who signed for a party. The person may be unknown where the post, or only the party, is reported. */
export class Signatory extends Marked {
  @IsPersonName({ optional: true, nullable: true })
  person!: PersonName | null;

  @IsLocalizedText({ optional: true, nullable: true })
  post?: LocalizedText | null;

  @IsLocalizedText({ optional: true, nullable: true })
  onBehalfOf?: LocalizedText | null;
}

/** That a party took its consent back before the agreement entered into force; the consent stays on record. */
export class ConsentWithdrawal extends Marked {
  @IsPartialDate({ optional: true, nullable: true })
  on?: PartialDate | null;
}

/** What one party did to be bound, at its own time: signed, ratified, accepted... */
export class Consent extends Marked {
  @IsCode({ description: 'Open list: signed, ratified, accepted, approved, acceded' })
  kind!: string;

  @IsPartialDate({ optional: true, nullable: true })
  on?: PartialDate | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => ConsentWithdrawal)
  withdrawal?: ConsentWithdrawal | null;
}

/** One side of an agreement, or whoever undertakes or benefits. The name is kept as it was written. */
export class Party extends Marked {
  @IsOptional()
  @IsUUID()
  organizationId?: string | null;

  @IsLocalizedText({ optional: true, nullable: true })
  name?: LocalizedText | null;

  /** ISO 3166-1; null for an international body. */
  @IsEconomy({ optional: true, nullable: true })
  economy?: string | null;

  @IsCode({
    optional: true,
    nullable: true,
    description: 'Open list: party, guarantor, witness, investor, host, contractor, coChair, responsible, beneficiary',
  })
  role?: string | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => Signatory)
  signatory?: Signatory | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => Consent)
  consents?: Consent[];

  @AreExternalRefs({ optional: true })
  externalRefs?: ExternalRef[];
}

export class PartyList extends PartialList {
  @IsArray()
  @ArrayMaxSize(300)
  @ValidateNested({ each: true })
  @Type(() => Party)
  items!: Party[];
}
