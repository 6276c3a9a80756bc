import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { AreExternalRefs, PageQuery } from '@expo-accord/http';
import { type ExternalRef } from '@expo-accord/values';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { publicContracts } from '../consumers';
import { type DisabledReason, type EndpointStatus } from './webhook-endpoint.entity';

const publicTypes = publicContracts.map(({ type }) => type);
const MOST_OVERLAP_HOURS = 168;
const anotherThanNull = ValidateIf((_, value) => value !== null && value !== undefined);
const ifGiven = ValidateIf((_, value) => value !== undefined);

const url = {
  description: 'Where messages are posted. https and a public address; plain http only where the operator allows it.',
  example: 'https://partner.example.org/expo-accord',
  maxLength: 2_000,
};
const types = {
  type: 'array',
  items: { type: 'string' },
  nullable: true,
  description: 'Only messages of these types; null is every public type, also those that come later.',
  example: ['expo-accord.agreement.signed.v1'],
} satisfies ApiPropertyOptions;
const description = { type: String, nullable: true, maxLength: 500, example: 'Partner portal' };

export class CreateWebhookEndpoint {
  @ApiProperty(url)
  @IsString()
  @MaxLength(2_000)
  url!: string;

  @ApiPropertyOptional(types)
  @anotherThanNull
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsIn(publicTypes, { each: true, message: 'each of types has to be the type of a public message' })
  types?: string[] | null;

  @ApiPropertyOptional(description)
  @anotherThanNull
  @IsString()
  @MaxLength(500)
  description?: string | null;

  @AreExternalRefs({ optional: true })
  externalRefs?: ExternalRef[];
}

export class ChangeWebhookEndpoint {
  @ApiPropertyOptional(url)
  @ifGiven
  @IsString()
  @MaxLength(2_000)
  url?: string;

  @ApiPropertyOptional(types)
  @anotherThanNull
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsIn(publicTypes, { each: true, message: 'each of types has to be the type of a public message' })
  types?: string[] | null;

  @ApiPropertyOptional(description)
  @anotherThanNull
  @IsString()
  @MaxLength(500)
  description?: string | null;

  @AreExternalRefs({ optional: true })
  externalRefs?: ExternalRef[];
}

export class RotateSecret {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: MOST_OVERLAP_HOURS,
    default: 24,
    description: 'How long the previous secret signs as well; 0 ends it at once, after a leak.',
  })
  @ifGiven
  @IsInt()
  @Min(0)
  @Max(MOST_OVERLAP_HOURS)
  overlapHours: number = 24;
}

export class DryRunQuery {
  @ApiPropertyOptional({ type: Boolean, default: false, description: 'Check and answer, but change nothing.' })
  @ifGiven
  @IsIn([true, false], { message: 'dryRun has to be true or false' })
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  dryRun: boolean = false;
}

export class WebhookEndpointPageQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ['enabled', 'disabled'] })
  @ifGiven
  @IsIn(['enabled', 'disabled'])
  status?: 'enabled' | 'disabled';
}

export class WebhookEndpointAnswer {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty(url)
  url!: string;

  @ApiProperty(types)
  types!: string[] | null;

  @ApiProperty(description)
  description!: string | null;

  @ApiProperty({ enum: ['enabled', 'disabled'] })
  status!: EndpointStatus;

  @ApiProperty({
    enum: ['requested', 'gone', 'repeatedFailure'],
    nullable: true,
    description: 'gone: it answered 410. repeatedFailure: a whole retry schedule without one success.',
  })
  disabledReason!: DisabledReason | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  disabledAt!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Until then the secret before the last rotation signs as well.',
  })
  previousSecretExpiresAt!: string | null;

  @ApiProperty({ type: [String], description: 'What can be done with it now.', example: ['disable', 'rotate-secret'] })
  actions!: string[];

  @AreExternalRefs()
  externalRefs!: ExternalRef[];

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class WebhookEndpointWithSecret extends WebhookEndpointAnswer {
  @ApiPropertyOptional({
    description: 'Signs the messages (Standard Webhooks). Shown this once; a replay of the request answers without it.',
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=',
  })
  secret?: string;
}

export class WebhookEndpointPage {
  @ApiProperty({ type: [WebhookEndpointAnswer] })
  items!: WebhookEndpointAnswer[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}
