import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type LocalizedText } from '@expo-accord/values';
import { IsEconomy, IsLocalizedText } from '@expo-accord/http';
import { IsBoolean, IsIn, IsInt, IsOptional, IsUUID, Matches, Max, Min, ValidateIf } from 'class-validator';
import { type QuotaScope } from './quota.rules';

/** A category is not called like the quota of the whole event. */
const categoryPattern = /^(?!event$)[a-z][A-Za-z0-9]{0,63}$/;
const isCategory = { message: 'code has to be in lowerCamelCase, and not "event"' };
const MOST_PLACES = 100_000_000;
export const quotaScopes = ['event', 'category', 'side', 'session'] as const satisfies readonly QuotaScope[];

/** What of a category can be changed. */
export class TicketCategoryTermsBody {
  @IsLocalizedText({ optional: true, nullable: true })
  names?: LocalizedText | null;

  @ApiPropertyOptional({
    type: Boolean,
    nullable: true,
    description:
      'Sign-ups hold their places until they are approved or declined; null, here and below: as the event says',
  })
  @IsOptional()
  @IsBoolean()
  requiresApproval?: boolean | null;

  @ApiPropertyOptional({
    type: Boolean,
    nullable: true,
    description: 'Who finds no place in any of the quotas waits for one',
  })
  @IsOptional()
  @IsBoolean()
  waitlist?: boolean | null;

  @ApiPropertyOptional({ type: Boolean, nullable: true, description: 'Nobody signs up without an invitation code' })
  @IsOptional()
  @IsBoolean()
  requiresInvitation?: boolean | null;
}

export class TicketCategoryBody extends TicketCategoryTermsBody {
  @ApiProperty({ example: 'buyer' })
  @Matches(categoryPattern, isCategory)
  code!: string;

  @ApiPropertyOptional({ type: 'integer', nullable: true, example: 200, description: 'Places; unlimited if left out' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_PLACES)
  quota?: number | null;
}

export class QuotaBody {
  @ApiProperty({ enum: quotaScopes })
  @IsIn(quotaScopes)
  scope!: QuotaScope;

  @ApiPropertyOptional({ example: 'buyer', description: 'With scope category: its code' })
  @ValidateIf(({ scope, category }: QuotaBody) => scope === 'category' || Boolean(category))
  @Matches(categoryPattern, isCategory)
  category?: string | null;

  @ValidateIf(({ scope, economy }: QuotaBody) => scope === 'side' || Boolean(economy))
  @IsEconomy({ description: 'With scope side: the economy' })
  economy?: string | null;

  @ApiPropertyOptional({ format: 'uuid', description: 'With scope session: one of the event' })
  @ValidateIf(({ scope, sessionId }: QuotaBody) => scope === 'session' || Boolean(sessionId))
  @IsUUID()
  sessionId?: string | null;

  @ApiProperty({ type: 'integer', example: 500 })
  @IsInt()
  @Min(0)
  @Max(MOST_PLACES)
  places!: number;
}

export class QuotaPatch {
  @ApiProperty({ type: 'integer', example: 600 })
  @IsInt()
  @Min(0)
  @Max(MOST_PLACES)
  places!: number;
}

export class TicketCategoryAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty({ example: 'buyer' })
  code!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  names!: LocalizedText | null;

  @ApiProperty()
  requiresApproval!: boolean;

  @ApiProperty()
  waitlist!: boolean;

  @ApiProperty()
  requiresInvitation!: boolean;

  @ApiProperty({ type: [String], example: ['waitlist'], description: 'Which of these are as the event says' })
  asEvent!: string[];

  @ApiProperty({ type: 'integer', nullable: true, description: 'Places; null is unlimited' })
  quota!: number | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  quotaId!: string | null;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class QuotaAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty({ enum: quotaScopes })
  scope!: QuotaScope;

  @ApiProperty({
    example: 'buyer',
    description: '`event`, the code of the category, the economy or the id of the session',
  })
  quota!: string;

  @ApiProperty({ type: 'integer' })
  places!: number;

  @ApiProperty({ type: 'integer', description: 'Places that registrations hold; may exceed `places` after lowering' })
  taken!: number;

  @ApiProperty({ type: 'integer' })
  free!: number;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class QuotaCount {
  @ApiProperty({ example: 'buyer' })
  quota!: string;

  @ApiProperty({ type: 'integer', description: 'What the quota said before' })
  taken!: number;

  @ApiProperty({ type: 'integer', description: 'Registrations that hold a place in it' })
  counted!: number;

  @ApiProperty()
  agrees!: boolean;
}

export class RecountAnswer {
  @ApiProperty({ format: 'uuid' })
  eventId!: string;

  @ApiProperty({ description: 'Whether every quota said what there was' })
  agrees!: boolean;

  @ApiProperty({ type: () => [QuotaCount] })
  quotas!: QuotaCount[];

  @ApiProperty({ type: 'integer', description: 'Who got a place, because it had only been counted as taken' })
  promoted!: number;
}

export class TicketCategoryPage {
  @ApiProperty({ type: () => [TicketCategoryAnswer] })
  items!: TicketCategoryAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class QuotaPage {
  @ApiProperty({ type: () => [QuotaAnswer] })
  items!: QuotaAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
