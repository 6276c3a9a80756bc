import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { namedSchemas } from './named-schemas';

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
  return inVersion31({ ...document, components: { ...document.components, schemas } }) as OpenAPIObject;
}

/** Nest writes `nullable`, which OpenAPI 3.1 replaced by JSON Schema's "null". */
function inVersion31(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(inVersion31);
  if (typeof node !== 'object' || node === null) return node;
  const entries = Object.entries(node).map(([name, value]) => [name, inVersion31(value)] as const);
  const { nullable, ...rest } = Object.fromEntries(entries);
  if (nullable !== true) return nullable === false || nullable === undefined ? rest : { ...rest, nullable };
  if (typeof rest['type'] === 'string') return { ...rest, type: [rest['type'], 'null'] };
  return { anyOf: [rest, { type: 'null' }] };
}
