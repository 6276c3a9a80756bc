import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { personIdentities, type PersonIdentity } from '../registrations/person-fingerprint';

/** Each but the last holds for the categories that do not say it for themselves. */
export class RegistrationSettingsBody {
  @ApiPropertyOptional({
    default: false,
    description: 'Sign-ups hold their places until they are approved or declined',
  })
  @IsOptional()
  @IsBoolean()
  requiresApproval?: boolean | null;

  @ApiPropertyOptional({ default: false, description: 'Who finds no place in any of the quotas waits for one' })
  @IsOptional()
  @IsBoolean()
  waitlist?: boolean | null;

  @ApiPropertyOptional({ default: false, description: 'Nobody signs up without an invitation code' })
  @IsOptional()
  @IsBoolean()
  requiresInvitation?: boolean | null;

  @ApiPropertyOptional({
    enum: personIdentities,
    default: personIdentities[0],
    description:
      'By what a person is known, who has one active registration for the event: by the document, else (or only) by e-mail ' +
      'address and name together. Whoever does not give it is taken for another person each time, and with none everybody ' +
      'is; a sign-up is then sent twice in safety only by its external references. 409 person-identity-in-use: another is ' +
      'not chosen while anybody is registered (whoever was cancelled, declined or erased is not). Erasure does not go by ' +
      'it: an erased person stays away by document as by e-mail address and name.',
  })
  @IsOptional()
  @IsIn(personIdentities)
  personIdentity?: PersonIdentity | null;
}

export class RegistrationSettingsAnswer {
  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty()
  requiresApproval!: boolean;

  @ApiProperty()
  waitlist!: boolean;

  @ApiProperty()
  requiresInvitation!: boolean;

  @ApiProperty({ enum: personIdentities })
  personIdentity!: PersonIdentity;

  @ApiProperty({ type: 'integer' })
  version!: number;
}
