import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsOptional, IsUUID, ValidateNested } from 'class-validator';
import { AreExternalRefs, IsCode, IsLocalizedText, IsPartialDate, PageQuery } from '@expo-accord/http';
import { type ExternalRef, type LocalizedText, type PartialDate } from '@expo-accord/values';
import { Party, PartyList } from '../parties/party.dto';
import { Marked, PartialList } from '../statements/marks.dto';
import { AreaList, StatementList } from '../statements/statement.dto';

/** A policy with an owner: the Belt and Road is China's, the New Northern Policy Korea's. */
export class Initiative extends Marked {
  @IsCode({
    description: 'Open list: beltAndRoad, newSouthernPolicy, newNorthernPolicy, newInfrastructure, koreanNewDeal',
  })
  code!: string;

  @IsLocalizedText()
  names!: LocalizedText;

  @IsOptional()
  @ValidateNested()
  @Type(() => Party)
  owner?: Party | null;
}

export class InitiativeList extends PartialList {
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => Initiative)
  items!: Initiative[];
}

/** Negotiations under way: the second phase of an FTA. The agreement itself may not exist yet. */
export class NegotiationTrack extends Marked {
  @IsCode({ description: 'Open list: cnKrFtaSecondPhase, cjkFta' })
  code!: string;

  @IsLocalizedText()
  names!: LocalizedText;

  @IsLocalizedText({ optional: true, nullable: true })
  phase?: LocalizedText | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => PartyList)
  parties?: PartyList | null;

  @IsOptional()
  @IsUUID()
  agreementId?: string | null;
}

export class NegotiationTrackList extends PartialList {
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => NegotiationTrack)
  items!: NegotiationTrack[];
}

/** "promote the signing of RCEP within the year": what is pushed for, and until when. It signs nothing. */
export class PromotedAgreement extends Marked {
  @IsCode({ description: 'Open list: rcep' })
  code!: string;

  @IsLocalizedText()
  names!: LocalizedText;

  @IsCode({ description: 'Open list: preparation, negotiation, signing, entryIntoForce, implementation' })
  step!: string;

  @IsPartialDate({ optional: true, nullable: true })
  by?: PartialDate | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => PartyList)
  parties?: PartyList | null;

  @IsOptional()
  @IsUUID()
  agreementId?: string | null;
}

export class PromotedAgreementList extends PartialList {
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => PromotedAgreement)
  items!: PromotedAgreement[];
}

/** Everything about an outcome document that a PATCH may change. */
export class OutcomeDocumentFacts extends Marked {
  @IsCode({ description: 'Open list: meetingConsensus, jointStatement, minutes, chairSummary, declaration' })
  type!: string;

  @IsLocalizedText()
  titles!: LocalizedText;

  @IsLocalizedText({ optional: true, nullable: true })
  texts?: LocalizedText | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => PartyList)
  parties?: PartyList | null;

  @IsPartialDate({ optional: true, nullable: true })
  adoptedOn?: PartialDate | null;

  @IsOptional()
  @IsUUID()
  eventId?: string | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => AreaList)
  areas?: AreaList | null;

  /** What was said under no heading. */
  @IsOptional()
  @ValidateNested()
  @Type(() => StatementList)
  statements?: StatementList | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => InitiativeList)
  initiatives?: InitiativeList | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => NegotiationTrackList)
  negotiationTracks?: NegotiationTrackList | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => PromotedAgreementList)
  promotedAgreements?: PromotedAgreementList | null;

  @AreExternalRefs({ optional: true })
  externalRefs?: ExternalRef[];

  /** Simulated, not reported. Taken over from the event where there is one. */
  @IsOptional()
  @IsBoolean()
  synthetic?: boolean;
}

export class CreateOutcomeDocument extends OutcomeDocumentFacts {
  /** Entered after the fact; needs the scope history:write. */
  @IsOptional()
  @IsBoolean()
  historical?: boolean;
}

export class OutcomeDocumentFilter extends PageQuery {
  @IsOptional()
  @IsUUID()
  eventId?: string;
}
