import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsLanguageTag } from '@expo-accord/http';

export class PreviewQuery {
  @IsLanguageTag({ optional: true, description: 'The wanted language; a shorter tag and then English stand in for it' })
  language?: string;
}

export class TemplateTextAnswer {
  @ApiProperty({ example: '{{eventName}} 참가 등록이 확정되었습니다' })
  subject!: string;

  @ApiProperty()
  text!: string;
}

export class TemplateAnswer {
  @ApiProperty({ example: 'registration-confirmed' })
  id!: string;

  @ApiProperty({ type: 'integer', description: 'The version of the template; the delivery log names the one sent' })
  version!: number;

  @ApiProperty()
  description!: string;

  @ApiProperty({ type: [String], example: ['eventName', 'name', 'registrationId', 'startsAt'] })
  variables!: string[];

  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/TemplateTextAnswer' },
    description: 'By BCP 47 tag',
  })
  languages!: Record<string, TemplateTextAnswer>;
}

export class TemplatePage {
  @ApiProperty({ type: [TemplateAnswer] })
  items!: TemplateAnswer[];

  @ApiPropertyOptional({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class TemplatePreview extends TemplateTextAnswer {
  @ApiProperty({ example: 'registration-confirmed' })
  templateId!: string;

  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ example: 'zh', description: 'The language that was used' })
  language!: string;

  @ApiProperty({ type: [String], example: ['zh-Hant-TW', 'zh-Hant', 'zh', 'en'], description: 'Those that were tried' })
  fallback!: string[];
}
