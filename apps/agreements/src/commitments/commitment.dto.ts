import { OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsDefined,
  IsOptional,
  IsTimeZone,
  IsUUID,
  Matches,
  Min,
  ValidateNested,
} from 'class-validator';
import {
  AreExternalRefs,
  AreSourceRefs,
  IsCode,
  IsEconomy,
  IsLocalizedText,
  IsPartialDate,
  IsSpeaker,
  PageQuery,
} from '@expo-accord/http';
import {
  type ExternalRef,
  type LocalizedText,
  type PartialDate,
  type SourceRef,
  type Speaker,
} from '@expo-accord/values';
import { PartyList } from '../parties/party.dto';
import { dueStates, type DueState } from '../reminders/due.rules';
import { AreLeadDays } from '../reminders/lead-times.dto';
import { Marked } from '../statements/marks.dto';
import { assessmentOutcomes, type AssessmentOutcome } from './commitment.rules';

/** What would show it met: "the second meeting, in China". The date is the commitment's `due`. */
export class Expectation extends Marked {
  @IsCode({ description: 'Open list: eventHeld, agreementSigned, agreementInForce, other' })
  kind!: string;

  @IsOptional()
  @IsUUID()
  seriesId?: string | null;

  @IsOptional()
  @IsUUID()
  agreementId?: string | null;

  @IsOptional()
  @IsInt()
  @Min(1)
  ordinal?: number | null;

  @IsEconomy({ optional: true, nullable: true })
  economy?: string | null;

  @IsLocalizedText({ optional: true, nullable: true })
  place?: LocalizedText | null;
}

/** A dated step on the way. */
export class Milestone extends Marked {
  /** Given by the service; send it back with the others when the list is changed, or it is taken for a new one. */
  @IsOptional()
  @IsUUID()
  id?: string;

  @IsLocalizedText()
  text!: LocalizedText;

  @IsPartialDate({ optional: true, nullable: true })
  due?: PartialDate | null;
}

/** Everything about a commitment that a PATCH may change. */
export class CommitmentFacts extends Marked {
  @IsLocalizedText()
  text!: LocalizedText;

  @IsCode({ description: 'Open list: agreed, willing, will, should, believe, aim, support, hope' })
  modality!: string;

  /** One responsible party makes it a pledge. */
  @IsDefined()
  @ValidateNested()
  @Type(() => PartyList)
  responsible!: PartyList;

  @IsOptional()
  @ValidateNested()
  @Type(() => PartyList)
  beneficiaries?: PartyList | null;

  @IsSpeaker({ optional: true, nullable: true })
  speaker?: Speaker | null;

  @IsPartialDate({ optional: true, nullable: true })
  undertakenOn?: PartialDate | null;

  @IsPartialDate({ optional: true, nullable: true })
  due?: PartialDate | null;

  /** Where the last day ends: an IANA time zone. By default that of the event, or else UTC. */
  @IsOptional()
  @IsTimeZone()
  @Matches(/^[A-Za-z]/)
  dueZone?: string | null;

  @IsOptional()
  @AreLeadDays()
  leadDays?: number[] | null;

  /** Taken back: nothing is due any more. */
  @IsOptional()
  @IsBoolean()
  withdrawn?: boolean;

  @IsLocalizedText({ optional: true, nullable: true })
  condition?: LocalizedText | null;

  @IsLocalizedText({ optional: true, nullable: true })
  basis?: LocalizedText | null;

  @IsLocalizedText({ optional: true, nullable: true })
  context?: LocalizedText | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => Expectation)
  expects?: Expectation | null;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @Type(() => Milestone)
  milestones?: Milestone[];

  @IsOptional()
  @IsUUID()
  agreementId?: string | null;

  @IsOptional()
  @IsUUID()
  outcomeDocumentId?: string | null;

  @IsOptional()
  @IsUUID()
  eventId?: string | null;

  @AreExternalRefs({ optional: true })
  externalRefs?: ExternalRef[];

  /** Simulated, not reported. Taken over from the event where there is one. */
  @IsOptional()
  @IsBoolean()
  synthetic?: boolean;
}

export class CreateCommitment extends CommitmentFacts {
  /** Entered after the fact; needs the scope history:write. */
  @IsOptional()
  @IsBoolean()
  historical?: boolean;
}

export class CreateAssessment extends Marked {
  /** The milestone that is judged; without one it is the commitment itself. */
  @IsOptional()
  @IsUUID()
  milestoneId?: string | null;

  @IsIn(assessmentOutcomes)
  outcome!: AssessmentOutcome;

  @IsPartialDate({ optional: true, nullable: true })
  assessedOn?: PartialDate | null;

  /** Where it can be read. Required, but for noEvidence. */
  @AreSourceRefs({ optional: true })
  evidence?: SourceRef[];

  /** What was late or elsewhere; required for partiallyMet. */
  @IsLocalizedText({ optional: true, nullable: true })
  differs?: LocalizedText | null;

  @IsLocalizedText({ optional: true, nullable: true })
  note?: LocalizedText | null;
}

export class CommitmentFilter extends PageQuery {
  @IsOptional()
  @IsUUID()
  eventId?: string;

  @IsOptional()
  @IsUUID()
  agreementId?: string;

  @IsOptional()
  @IsUUID()
  outcomeDocumentId?: string;

  @IsOptional()
  @IsIn(dueStates)
  dueState?: DueState;

  /** Only what is late from this instant on, or was before. */
  @IsOptional()
  @IsISO8601({ strict: true })
  @Matches(/^(?!0000)\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/, { message: 'dueBefore must be an RFC 3339 instant' })
  dueBefore?: string;
}

export class AssessmentQuery extends OmitType(PageQuery, ['ref']) {}
