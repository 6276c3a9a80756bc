import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { notFound, RequiresScope } from '@expo-accord/http';
import { builtInTemplates, previewValues, templateOf } from './built-in.templates';
import { PreviewQuery, TemplateAnswer, TemplatePage, TemplatePreview, TemplateTextAnswer } from './template.dto';
import { fallbackChain, languageOf, render, type Template, variablesOf } from './template.rules';

@ApiTags('Templates')
@ApiExtraModels(TemplateTextAnswer)
@Controller('v1/templates')
export class TemplateController {
  @Get()
  @RequiresScope('notifications:read')
  @ApiOperation({ summary: 'The texts of mails' })
  @ApiOkResponse({ type: TemplatePage })
  list(): TemplatePage {
    return { items: builtInTemplates.map(answerOf), nextCursor: null };
  }

  @Get(':id')
  @RequiresScope('notifications:read')
  @ApiOperation({ summary: 'One template in all its languages' })
  @ApiOkResponse({ type: TemplateAnswer })
  get(@Param('id') id: string): TemplateAnswer {
    return answerOf(found(id));
  }

  @Get(':id/preview')
  @RequiresScope('notifications:read')
  @ApiOperation({ summary: 'A mail as it would look, with made-up values' })
  @ApiOkResponse({ type: TemplatePreview })
  preview(@Param('id') id: string, @Query() { language: wanted }: PreviewQuery): TemplatePreview {
    const template = found(id);
    const language = languageOf(template, wanted ?? null);
    const text = render(template, language, previewValues);
    return { templateId: id, version: template.version, language, fallback: fallbackChain(wanted ?? null), ...text };
  }
}

function found(id: string): Template {
  const template = templateOf(id);
  if (template === undefined) throw notFound('template', id);
  return template;
}

function answerOf(template: Template): TemplateAnswer {
  const { id, version, description, languages } = template;
  return { id, version, description, variables: variablesOf(template), languages };
}
