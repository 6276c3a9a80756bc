import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { asyncApiDocument } from '@expo-accord/contracts';
import { openApiDocument } from '@expo-accord/http';
import { type GatewayConfig } from '../config';
import { upstreamUrls } from '../forwarding/forward';
import { ownerOf, type Upstream, upstreams } from '../routing/routes';
import { mergeOpenApi, type ServiceDocument } from './merge-open-api';

const fetchTimeoutMs = 3_000;
/** A service that was deployed anew may describe more than before. */
const keptMs = 60_000;

const description = [
  'Events between economies, the sign-ups to them, and what is agreed at them.',
  'Send `Authorization: Bearer <key>`; `x-scopes` of an operation names the scopes that the key needs.',
].join('\n\n');

/** The OpenAPI document of the whole API. While a service cannot be asked, the rest is shown, and it is named. */
export class ApiDocuments {
  private kept: { document: OpenAPIObject; until: number } | undefined;
  private own: OpenAPIObject | undefined;

  constructor(
    private readonly app: NestFastifyApplication,
    private readonly config: GatewayConfig,
  ) {}

  async openApi(): Promise<OpenAPIObject> {
    if (this.kept !== undefined && this.kept.until > Date.now()) return this.kept.document;
    const urls = upstreamUrls(this.config);
    const answers = await Promise.all(upstreams.map(async (service) => documentOf(service, urls[service])));
    const missing = upstreams.filter((_, index) => answers[index] === undefined);
    const found = answers.filter((answer) => answer !== undefined);
    const document = this.merged(found, missing);
    if (missing.length === 0) this.kept = { document, until: Date.now() + keptMs };
    return document;
  }

  private merged(found: readonly ServiceDocument[], missing: readonly Upstream[]): OpenAPIObject {
    this.own ??= openApiDocument(this.app, { title: 'expo-accord', description });
    const base = { ...this.own, servers: [{ url: this.config.PUBLIC_URL }] };
    const whole = mergeOpenApi(base, [{ service: 'gateway', document: this.own }, ...found], ownerOf);
    if (missing.length === 0) return whole;
    const warning = `\n\n**Not complete:** ${missing.join(', ')} could not be asked just now.`;
    return Object.assign(whole, {
      info: { ...whole.info, description: description + warning },
      'x-missing-services': missing,
    });
  }
}

async function documentOf(service: Upstream, url: string): Promise<ServiceDocument | undefined> {
  try {
    const response = await fetch(`${url}/openapi.json`, { signal: AbortSignal.timeout(fetchTimeoutMs) });
    const document = response.ok ? ((await response.json()) as Partial<OpenAPIObject>) : {};
    return document.paths === undefined ? undefined : { service, document: document as OpenAPIObject };
  } catch {
    return undefined;
  }
}

/**
 * `/openapi.json`, `/asyncapi.json` (of what outsiders may read) and a page at `/docs` to read and try the API; its
 * assets come with the package.
 */
export function serveDocuments(app: NestFastifyApplication, config: GatewayConfig): void {
  const documents = new ApiDocuments(app, config);
  const http = app.getHttpAdapter();
  http.get('/openapi.json', async (_request, reply) => {
    await reply.header('cache-control', 'no-cache').send(await documents.openApi());
  });
  http.get('/asyncapi.json', async (_request, reply) => {
    await reply.send(asyncApiDocument(['public']));
  });
  const empty: OpenAPIObject = { openapi: '3.1.0', info: { title: 'expo-accord', version: '1' }, paths: {} };
  SwaggerModule.setup('docs', app, () => empty, {
    raw: false,
    customSiteTitle: 'expo-accord API',
    patchDocumentOnRequest: async () => documents.openApi(),
  });
}
