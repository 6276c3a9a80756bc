import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsDefined,
  IsOptional,
  IsString,
  IsTimeZone,
  IsUrl,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  AreExternalRefs,
  IsCode,
  IsLanguageTag,
  IsLocalizedText,
  IsPartialDate,
  IsQuantity,
  PageQuery,
} from '@expo-accord/http';
import { type ExternalRef, type LocalizedText, type PartialDate, type Quantity } from '@expo-accord/values';
import { PartyList } from '../parties/party.dto';
import { Marked } from '../statements/marks.dto';
import { StatementList } from '../statements/statement.dto';
import { agreementStatuses, type AgreementStatus, visibilities, type Visibility } from './agreement.rules';

/** Where and how it was signed; a ceremony may come before the event it belongs to. */
export class Ceremony extends Marked {
  @IsLocalizedText({ optional: true, nullable: true })
  name?: LocalizedText | null;

  @IsLocalizedText({ optional: true, nullable: true })
  place?: LocalizedText | null;

  @IsPartialDate({ optional: true, nullable: true })
  heldOn?: PartialDate | null;

  /** When it was, as seen from the event. */
  @IsCode({ optional: true, nullable: true, description: 'Open list: before, during, after' })
  relativeToEvent?: string | null;
}

/** Another agreement, initiative or consensus that this one rests on, mentions or pushes for. */
export class Link extends Marked {
  @IsCode({
    description: 'Open list: basis, context, promotes, amends, corrects, renews, supersedes, supersededBy, implements',
  })
  kind!: string;

  @IsOptional()
  @IsUUID()
  agreementId?: string | null;

  @IsLocalizedText({ optional: true, nullable: true })
  name?: LocalizedText | null;

  /** For `supersedes` and `supersededBy`: the part in question; the whole, where none is named. */
  @IsLocalizedText({ optional: true, nullable: true })
  part?: LocalizedText | null;

  /** For `supersedes` and `supersededBy`: since when. */
  @IsPartialDate({ optional: true, nullable: true })
  on?: PartialDate | null;

  /** For `promotes`: until when the other one is to be there. */
  @IsPartialDate({ optional: true, nullable: true })
  by?: PartialDate | null;
}

/** A file of the text in one language. The bytes stay where they are; the digest tells whether they changed. */
export class Attachment extends Marked {
  @IsLocalizedText()
  name!: LocalizedText;

  @IsLanguageTag({ optional: true, nullable: true })
  language?: string | null;

  @IsOptional()
  @IsString()
  @MaxLength(100)
  mediaType?: string | null;

  @IsOptional()
  @IsUrl({ require_tld: false })
  url?: string | null;

  @Matches(/^[0-9a-f]{64}$/)
  sha256!: string;
}

/** How it comes into force: on signature, on a date, with the n-th instrument (all parties', if no number is given). */
export class EntryIntoForce extends Marked {
  @IsCode({ description: 'Open list: onSignature, onDate, onInstruments' })
  rule!: string;

  @IsPartialDate({ optional: true, nullable: true })
  on?: PartialDate | null;

  @IsQuantity({ optional: true, nullable: true })
  instruments?: Quantity | null;

  /** So many days after that. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(36_500)
  daysAfter?: number | null;

  /** Where the day begins: an IANA time zone. By default that of the event, or else UTC. */
  @IsOptional()
  @IsTimeZone()
  @Matches(/^[A-Za-z]/)
  zone?: string | null;
}

/** Everything about an agreement that a PATCH may change. */
export class AgreementFacts extends Marked {
  @IsCode({
    description:
      'Open list: treaty, freeTradeAgreement, mou, jointPlan, meetingConsensus, unilateralPledge, projectContract',
  })
  type!: string;

  /** Its title, or what a report calls it. */
  @IsLocalizedText()
  titles!: LocalizedText;

  /** The text itself, or what a report gives of it. */
  @IsLocalizedText({ optional: true, nullable: true })
  texts?: LocalizedText | null;

  /** Which language versions are equally authentic. */
  @ArrayMaxSize(30)
  @IsLanguageTag({ each: true, optional: true })
  authenticLanguages?: string[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => Attachment)
  attachments?: Attachment[];

  /** What it covers in time: a joint plan of "2021/2025". */
  @IsPartialDate({ optional: true, nullable: true })
  period?: PartialDate | null;

  /** False for a memorandum that rests at signed; null when nobody says. */
  @IsOptional()
  @IsBoolean()
  binding?: boolean | null;

  @IsDefined()
  @ValidateNested()
  @Type(() => PartyList)
  parties!: PartyList;

  @IsOptional()
  @ValidateNested()
  @Type(() => StatementList)
  statements?: StatementList | null;

  @IsPartialDate({ optional: true, nullable: true })
  agreedOn?: PartialDate | null;

  @IsPartialDate({ optional: true, nullable: true })
  signedOn?: PartialDate | null;

  @IsPartialDate({ optional: true, nullable: true })
  inForceOn?: PartialDate | null;

  @IsPartialDate({ optional: true, nullable: true })
  endedOn?: PartialDate | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => EntryIntoForce)
  entryIntoForce?: EntryIntoForce | null;

  @IsOptional()
  @IsUUID()
  eventId?: string | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => Ceremony)
  ceremony?: Ceremony | null;

  /** At most one per currency and kind of sum; never converted, never added across currencies. */
  @ArrayMaxSize(50)
  @IsQuantity({ each: true, optional: true })
  amounts?: Quantity[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => Link)
  links?: Link[];

  @AreExternalRefs({ optional: true })
  externalRefs?: ExternalRef[];

  /** `public` unless it says otherwise: the rest leaves by this API alone, in no message and no register. */
  @IsOptional()
  @IsIn(visibilities)
  visibility?: Visibility;

  /** Simulated, not reported. Taken over from the event where there is one. */
  @IsOptional()
  @IsBoolean()
  synthetic?: boolean;
}

export class CreateAgreement extends AgreementFacts {
  /** Without `historical` everything starts as a draft. */
  @IsOptional()
  @IsIn(agreementStatuses)
  status?: AgreementStatus;

  /** Entered after the fact, at any status; needs the scope history:write. */
  @IsOptional()
  @IsBoolean()
  historical?: boolean;
}

export class AgreementFilter extends PageQuery {
  @IsOptional()
  @IsUUID()
  eventId?: string;

  @IsOptional()
  @IsIn(agreementStatuses)
  status?: AgreementStatus;

  @IsOptional()
  @IsString()
  type?: string;
}
