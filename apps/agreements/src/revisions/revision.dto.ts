import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsObject, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import { IsLocalizedText, IsPartialDate } from '@expo-accord/http';
import { type LocalizedText, type PartialDate } from '@expo-accord/values';
import { Marked } from '../statements/marks.dto';

/** What amendments and renewals have in common. */
export class RevisionFacts extends Marked {
  /** What changes, in words. */
  @IsLocalizedText({ optional: true, nullable: true })
  summary?: LocalizedText | null;

  @IsPartialDate({ optional: true, nullable: true })
  agreedOn?: PartialDate | null;

  /** From when it holds; null where nobody says. */
  @IsPartialDate({ nullable: true })
  effectiveOn!: PartialDate | null;

  /** The agreement by which it was done: an amending protocol, an exchange of notes. */
  @IsOptional()
  @IsUUID()
  byAgreementId?: string | null;

  /** It happened in the past and is only entered now; nobody is notified. Needs the scope history:write. */
  @IsOptional()
  @IsBoolean()
  historical?: boolean;

  /** Kept in the audit trail. */
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  reason?: string | null;
}

export class CreateAmendment extends RevisionFacts {
  /** JSON merge patch of the agreement's text: titles, texts, period, binding, parties, statements, amounts... */
  @IsOptional()
  @IsObject()
  changes?: object;
}

export class CreateRenewal extends RevisionFacts {
  /** What the agreement covers in time from now on. */
  @IsPartialDate({ nullable: true })
  period!: PartialDate | null;
}

class RevisedFactAnswer {
  @ApiProperty({ example: '/period' })
  pointer!: string;

  @ApiProperty({ description: 'Null where nothing was said', nullable: true, type: Object })
  before!: unknown;

  @ApiProperty({ nullable: true, type: Object })
  after!: unknown;
}

/** `RevisionView`, for the API document. */
export class RevisionAnswer extends RevisionFacts {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  agreementId!: string;

  @ApiProperty({ type: 'integer', description: 'From 1, among its kind' })
  number!: number;

  @ApiProperty({ type: RevisedFactAnswer, isArray: true })
  changed!: RevisedFactAnswer[];

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}
