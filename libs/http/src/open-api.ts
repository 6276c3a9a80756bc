import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { namedSchemas } from './named-schemas';
import { withConventions } from './open-api-conventions';

/** The OpenAPI 3.1 document of one service, with the value types as named schemas. */
export function openApiDocument(app: INestApplication, about: { title: string; description?: string }): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(about.title)
    .setDescription(about.description ?? '')
    .setVersion('1')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config, { autoTagControllers: true });
  const schemas = { ...document.components?.schemas, ...namedSchemas() } as NonNullable<
    OpenAPIObject['components']
  >['schemas'];
  return withConventions({ ...document, components: { ...document.components, schemas } });
}
