import { Module } from '@nestjs/common';
import { TemplateCatalogue } from './template.catalogue';
import { TemplateController } from './template.controller';

@Module({ controllers: [TemplateController], providers: [TemplateCatalogue] })
export class TemplatesModule {}
