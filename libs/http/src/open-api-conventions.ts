import { type OpenAPIObject } from '@nestjs/swagger';

interface Parameter {
  schema?: object;
  allOf?: object[];
}

interface Operation {
  parameters?: Parameter[];
  responses: Record<string, unknown>;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Makes the request take effect once, however often it is sent with the same key and body within 48 hours.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

const acceptLanguage = {
  name: 'Accept-Language',
  in: 'header',
  required: false,
  description:
    'Adds to every text its `display`: the language that the reader prefers and the text has, then the original. ' +
    '`Content-Language` says which were picked; the text itself keeps its shape.',
  schema: { type: 'string', examples: ['ko-KR, zh;q=0.5'] },
};

const problem = {
  type: 'object',
  description: 'What went wrong (RFC 9457). Branch on `code`; `errors` names each wrong field by JSON pointer.',
  required: ['type', 'title', 'status', 'code', 'detail', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer', examples: [422] },
    code: { type: 'string', examples: ['invalid'] },
    detail: { type: 'string' },
    requestId: { type: 'string', examples: ['9fb17a87-5e19-44a5-9512-f2ea54aceaa6'] },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: {
          pointer: { type: 'string', format: 'json-pointer', examples: ['/person/email'] },
          code: { type: 'string' },
          detail: { type: 'string' },
        },
      },
    },
  },
};

const refused = {
  description: 'Refused, and why',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** Nest writes a query field's reference to a value type beside its schema, where OpenAPI has no place for it. */
function valueInSchema({ allOf, ...parameter }: Parameter): Parameter {
  return allOf === undefined ? parameter : { ...parameter, schema: { allOf } };
}

/** What holds for every operation and is therefore written down by none: how to repeat a POST, which language to read, and what a refusal is. */
export function withConventions(document: OpenAPIObject): OpenAPIObject {
  for (const item of Object.values(document.paths)) {
    for (const method of methods) {
      const operation = item[method] as Operation | undefined;
      if (operation === undefined) continue;
      const parameters = (operation.parameters ?? []).map(valueInSchema);
      operation.responses.default ??= { $ref: '#/components/responses/Refused' };
      if (method === 'post') parameters.push({ $ref: '#/components/parameters/IdempotencyKey' } as Parameter);
      if (method === 'get') parameters.push({ $ref: '#/components/parameters/AcceptLanguage' } as Parameter);
      operation.parameters = parameters;
    }
  }
  const { components } = document;
  return {
    ...document,
    components: {
      ...components,
      parameters: { ...components?.parameters, IdempotencyKey: idempotencyKey, AcceptLanguage: acceptLanguage },
      responses: { ...components?.responses, Refused: refused },
      schemas: { ...components?.schemas, Problem: problem },
    } as NonNullable<typeof components>,
  };
}
