import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type LocalizedText } from '@expo-accord/values';
import { IsEconomy, IsLocalizedText } from '@expo-accord/http';
import { IsIn, IsInt, IsOptional, Matches, Max, Min, ValidateIf } from 'class-validator';
import { type QuotaScope } from './quota.rules';

/** A category is not called like the quota of the whole event. */
const categoryPattern = /^(?!event$)[a-z][A-Za-z0-9]{0,63}$/;
const isCategory = { message: 'code has to be in lowerCamelCase, and not "event"' };
const MOST_PLACES = 100_000_000;
export const quotaScopes = ['event', 'category', 'side'] as const satisfies readonly QuotaScope[];

export class TicketCategoryBody {
  @ApiProperty({ example: 'buyer' })
  @Matches(categoryPattern, isCategory)
  code!: string;

  @IsLocalizedText({ optional: true, nullable: true })
  names?: LocalizedText | null;

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

  @ApiProperty({ example: 'buyer', description: '`event`, the code of the category, or the economy' })
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
