import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { PageQuery } from '@expo-accord/http';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsOptional, IsString } from 'class-validator';
import { type MessageBody } from './message-body.rules';

export class FeedQuery extends OmitType(PageQuery, ['ref'] as const) {
  @ApiPropertyOptional({
    type: String,
    description: 'Only these types, separated by commas',
    example: 'expo-accord.agreement.signed.v1',
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  types?: string[];
}

export class FeedMessage implements MessageBody {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'expo-accord.agreement.signed.v1' })
  type!: string;

  @ApiProperty({ example: '/agreements/0192a3c4-5b6d-7e8f-9a0b-1c2d3e4f5a90' })
  source!: string;

  @ApiProperty({ format: 'date-time' })
  time!: string;

  @ApiProperty({ example: '000001', description: 'With `sequence`: the order of the messages of one source, as text' })
  epoch!: string;

  @ApiProperty({ example: '00000000000000000007' })
  sequence!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'As the type says; see /asyncapi.json' })
  data!: Record<string, unknown>;
}

export class FeedPage {
  @ApiProperty({ type: [FeedMessage] })
  items!: FeedMessage[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Where to go on, also after the last page: ask again later. Null only where nothing was ever told.',
  })
  nextCursor!: string | null;
}
