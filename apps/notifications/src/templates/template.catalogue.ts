import { Injectable } from '@nestjs/common';
import { notFound } from '@expo-accord/http';
import { builtInTemplates, previewValues, templateOf } from './built-in.templates';
import { type TemplateAnswer, type TemplatePreview } from './template.dto';
import { fallbackChain, languageOf, render, type Template, variablesOf } from './template.rules';

/** The texts of mails, for those who want to read them before they are sent. */
@Injectable()
export class TemplateCatalogue {
  all(): TemplateAnswer[] {
    return builtInTemplates.map(answerOf);
  }

  one(id: string): TemplateAnswer {
    return answerOf(found(id));
  }

  preview(id: string, wanted: string | null): TemplatePreview {
    const template = found(id);
    const language = languageOf(template, wanted);
    const text = render(template, language, previewValues);
    return { templateId: id, version: template.version, language, fallback: fallbackChain(wanted), ...text };
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
