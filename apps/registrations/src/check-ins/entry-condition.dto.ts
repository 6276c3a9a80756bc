import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsCode, IsLocalizedText } from '@expo-accord/http';
import { type LocalizedText } from '@expo-accord/values';
import { IsBoolean, IsOptional } from 'class-validator';
import { IsInstant } from './is-instant';

export class EntryConditionBody {
  @IsCode({ description: 'Of an entry condition of the event' })
  code!: string;

  @ApiPropertyOptional({ default: true, description: 'False takes back, from now on, what was said before' })
  @IsOptional()
  @IsBoolean()
  satisfied?: boolean | null;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Since when it is satisfied, for a desk that was offline; by default from now on',
  })
  @IsOptional()
  @IsInstant()
  at?: string | null;
}

export class EntryConditionAnswer {
  @ApiProperty({ example: 'healthCertificate' })
  code!: string;

  @IsLocalizedText()
  text!: LocalizedText;

  @ApiProperty()
  satisfied!: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Since when; null if never said' })
  since!: string | null;
}

export class EntryConditionList {
  @ApiProperty({ type: () => [EntryConditionAnswer], description: 'All that the event asks, in its order' })
  items!: EntryConditionAnswer[];
}
