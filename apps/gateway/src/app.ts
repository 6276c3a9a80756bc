import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApi } from '@expo-accord/http';
import { JsonLogger } from '@expo-accord/observability';
import { AppModule } from './app.module';
import { type GatewayConfig } from './config';
import { serveDocuments } from './documents/api-documents';
import { serveMessageSchemas } from './documents/message-schemas';
import { forwardToServices } from './forwarding/forward';
import { VerifiedKeys } from './keys/verified-keys';
import { TenantSettings } from './tenants/tenant-settings.service';

/** The whole gateway, not yet listening. */
export async function createApp(config: GatewayConfig): Promise<NestFastifyApplication> {
  const app = await createApi(AppModule.with(config), { service: 'gateway', config, callers: VerifiedKeys });
  const logger = new JsonLogger({ service: 'gateway', level: config.LOG_LEVEL });
  serveDocuments(app, config);
  serveMessageSchemas(app);
  await forwardToServices(app, { config, callers: app.get(VerifiedKeys), tenants: app.get(TenantSettings), logger });
  return app;
}
