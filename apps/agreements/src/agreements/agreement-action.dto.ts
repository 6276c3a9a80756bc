import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { IsLocalizedText, IsPartialDate } from '@expo-accord/http';
import { type LocalizedText, type PartialDate } from '@expo-accord/values';
import { PartySignatory } from '../parties/party-reference.dto';
import { Ceremony } from './agreement.dto';

/** What may be said with a step of its life. */
export class AgreementActionBody {
  /** When it happened, as reported; settles the date that belongs to the action (sign: signedOn...). */
  @IsPartialDate({ optional: true, nullable: true })
  on?: PartialDate | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => Ceremony)
  ceremony?: Ceremony | null;

  /** For `supersede`: the agreement that takes its place. */
  @IsOptional()
  @IsUUID()
  supersededById?: string | null;

  /** For `supersede`: the part whose place it takes; the rest stays as it is. */
  @IsLocalizedText({ optional: true, nullable: true })
  part?: LocalizedText | null;

  /** For `sign`: who signed for which of the parties. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(300)
  @ValidateNested({ each: true })
  @Type(() => PartySignatory)
  signatories?: PartySignatory[];

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
