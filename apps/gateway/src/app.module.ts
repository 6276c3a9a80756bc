import { type DynamicModule, Module } from '@nestjs/common';
import { databaseModule } from '@expo-accord/database';
import { GATEWAY_CONFIG, type GatewayConfig } from './config';
import { entities } from './database/entities';
import { migrations } from './database/migrations';
import { ApiKeyController } from './keys/api-key.controller';
import { ApiKeyService } from './keys/api-key.service';
import { VerifiedKeys } from './keys/verified-keys';
import { TenantController } from './tenants/tenant.controller';
import { TenantSettings } from './tenants/tenant-settings.service';

@Module({})
export class AppModule {
  static with(config: GatewayConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [databaseModule({ config, entities, migrations })],
      controllers: [ApiKeyController, TenantController],
      providers: [{ provide: GATEWAY_CONFIG, useValue: config }, VerifiedKeys, ApiKeyService, TenantSettings],
      exports: [VerifiedKeys],
    };
  }
}
