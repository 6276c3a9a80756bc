import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';

/** Documents a page of a list, whose item type TypeScript forgets. */
export function ApiPageOf(item: Type): MethodDecorator {
  const items = { type: 'array', items: { $ref: getSchemaPath(item) } };
  const properties = { items, nextCursor: { type: 'string', nullable: true } };
  return applyDecorators(
    ApiExtraModels(item),
    ApiOkResponse({ schema: { type: 'object', properties, required: ['items', 'nextCursor'] } }),
  );
}
