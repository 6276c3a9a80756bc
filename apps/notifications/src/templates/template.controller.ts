import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequiresScope } from '@expo-accord/http';
import { TemplateCatalogue } from './template.catalogue';
import { PreviewQuery, TemplateAnswer, TemplatePage, TemplatePreview, TemplateTextAnswer } from './template.dto';

@ApiTags('Templates')
@ApiExtraModels(TemplateTextAnswer)
@Controller('v1/templates')
export class TemplateController {
  constructor(private readonly templates: TemplateCatalogue) {}

  @Get()
  @RequiresScope('notifications:read')
  @ApiOperation({ summary: 'The texts of mails' })
  @ApiOkResponse({ type: TemplatePage })
  list(): TemplatePage {
    return { items: this.templates.all(), nextCursor: null };
  }

  @Get(':id')
  @RequiresScope('notifications:read')
  @ApiOperation({ summary: 'One template in all its languages' })
  @ApiOkResponse({ type: TemplateAnswer })
  get(@Param('id') id: string): TemplateAnswer {
    return this.templates.one(id);
  }

  @Get(':id/preview')
  @RequiresScope('notifications:read')
  @ApiOperation({ summary: 'A mail as it would look, with made-up values' })
  @ApiOkResponse({ type: TemplatePreview })
  preview(@Param('id') id: string, @Query() { language }: PreviewQuery): TemplatePreview {
    return this.templates.preview(id, language ?? null);
  }
}
