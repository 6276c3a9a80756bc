import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';

/** Each holds for the categories that do not say it for themselves. */
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

  @ApiProperty({ type: 'integer' })
  version!: number;
}
