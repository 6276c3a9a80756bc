import { IsEconomy, IsExternalRef } from '@expo-accord/http';
import { type ExternalRef } from '@expo-accord/values';
import { IsDefined, IsOptional, IsString, IsUUID, Length, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import { Signatory } from './party.dto';

/** One of the agreement's parties, by as much as makes clear which. */
export class PartyRef {
  @IsOptional()
  @IsUUID()
  organizationId?: string;

  /** As it is written in any language of its name. */
  @IsOptional()
  @IsString()
  @Length(1, 2000)
  name?: string;

  @IsEconomy({ optional: true })
  economy?: string;

  @IsExternalRef({ optional: true })
  externalRef?: ExternalRef;
}

/** Who signed for one of the parties. */
export class PartySignatory extends Signatory {
  @IsDefined()
  @ValidateNested()
  @Type(() => PartyRef)
  party!: PartyRef;
}
