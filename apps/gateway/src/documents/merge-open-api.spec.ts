import { type OpenAPIObject } from '@nestjs/swagger';
import { mergeOpenApi } from './merge-open-api';

const document = (paths: object, schemas: object = {}): OpenAPIObject =>
  ({
    openapi: '3.1.0',
    info: { title: 't', version: '1' },
    paths,
    components: { schemas },
  }) as unknown as OpenAPIObject;
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const anyOwner = (path: string): 'events' | 'agreements' => (path.startsWith('/e') ? 'events' : 'agreements');

describe('the API document of the whole', () => {
  it('has the paths and schemas of every part', () => {
    const merged = mergeOpenApi(
      document({}),
      [
        {
          service: 'events',
          document: document({ '/e': { get: { operationId: 'list' } } }, { Text: { type: 'string' } }),
        },
        {
          service: 'agreements',
          document: document({ '/a': { get: { operationId: 'list' } } }, { Text: { type: 'string' } }),
        },
      ],
      anyOwner,
    );
    expect(merged.paths).toEqual({
      '/a': { get: { operationId: 'agreements_list' } },
      '/e': { get: { operationId: 'list' } },
    });
    expect(merged.components?.schemas).toEqual({ Text: { type: 'string' } });
  });

  it('renames a schema that means something else, and all that refers to it', () => {
    const events = document({ '/e': ref('Page') }, { Page: { items: ref('Item') }, Item: { type: 'string' } });
    const agreements = document({ '/a': ref('Page') }, { Page: { items: ref('Item') }, Item: { type: 'number' } });
    const merged = mergeOpenApi(
      document({}),
      [
        { service: 'events', document: events },
        { service: 'agreements', document: agreements },
      ],
      anyOwner,
    );
    expect(merged.components?.schemas).toEqual({
      Item: { type: 'string' },
      Page: { items: ref('Item') },
      AgreementsItem: { type: 'number' },
      AgreementsPage: { items: ref('AgreementsItem') },
    });
    expect(merged.paths).toEqual({ '/a': ref('AgreementsPage'), '/e': ref('Page') });
  });

  it('takes a path from its owner only', () => {
    const merged = mergeOpenApi(
      document({}),
      [{ service: 'events', document: document({ '/a': {}, '/e': {} }) }],
      anyOwner,
    );
    expect(Object.keys(merged.paths)).toEqual(['/e']);
  });
});
