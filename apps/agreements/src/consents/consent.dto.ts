import { ApiProperty, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsCode } from '@expo-accord/http';
import { IsBoolean, IsDefined, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { Consent, ConsentWithdrawal, Party, Signatory } from '../parties/party.dto';
import { PartyRef } from '../parties/party-reference.dto';

export class GiveConsent extends OmitType(Consent, ['withdrawal']) {
  @IsDefined()
  @ValidateNested()
  @Type(() => PartyRef)
  party!: PartyRef;

  @IsOptional()
  @ValidateNested()
  @Type(() => Signatory)
  signatory?: Signatory | null;

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

export class WithdrawConsent extends ConsentWithdrawal {
  @IsDefined()
  @ValidateNested()
  @Type(() => PartyRef)
  party!: PartyRef;

  @IsCode({ description: 'Of the consent that is taken back: signed, ratified, accepted...' })
  kind!: string;

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

export class ConsentAnswer extends Consent {
  @ApiProperty({ type: Party })
  party!: Omit<Party, 'consents'>;
}

export class ConsentsAnswer {
  @ApiProperty({ type: ConsentAnswer, isArray: true })
  items!: ConsentAnswer[];

  @ApiProperty({ type: String, nullable: true, description: 'Always null: all are on one page' })
  nextCursor!: null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Instruments that its entry into force asks for' })
  needed!: number | null;

  @ApiProperty({ type: 'integer', description: 'Parties whose instrument is there and was not taken back' })
  given!: number;

  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: 'The day ahead on which it enters into force',
  })
  entersOn!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'The instant at which that day begins, in the zone of its rule, or else of its event, or else in UTC',
  })
  entersAt!: string | null;
}
