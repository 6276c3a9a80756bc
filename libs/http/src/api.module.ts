import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { HealthRegistry, startTelemetry, Telemetry } from '@expo-accord/observability';
import { AnswerHeadersInterceptor } from './answer-headers';
import { type ApiOptions } from './api-options';
import { CallerGuard } from './caller.guard';
import { CallerSource } from './caller';
import { TokenCallers } from './caller-token';
import { HealthController } from './health.controller';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor';
import { IdempotencyKeys } from './idempotency/idempotency-keys';
import { KeyDays } from './idempotency/key-days';
import { ProblemFilter } from './problem.filter';
import { ReadOnlyFieldsInterceptor } from './read-only-fields.interceptor';
import { telemetryOptions } from './telemetry.settings';
import { BodyPipe } from './validation';

@Module({})
class HealthModule {}

/** Global, so that any module may register what it knows of its own health. */
const healthModule: DynamicModule = {
  module: HealthModule,
  global: true,
  providers: [HealthRegistry],
  exports: [HealthRegistry],
};

@Module({})
class IdempotencyModule {}

/** Global for whoever answers requests in groups, and so claims their keys there. */
const idempotencyModule: DynamicModule = {
  module: IdempotencyModule,
  global: true,
  providers: [IdempotencyKeys, KeyDays],
  exports: [IdempotencyKeys],
};

@Module({})
class TelemetryModule {}

/** Global as well: whatever a service does, it can be seen doing it. */
function telemetryModule({ service, config }: ApiOptions): DynamicModule {
  const telemetry = { provide: Telemetry, useFactory: () => startTelemetry(telemetryOptions(service, config)) };
  return { module: TelemetryModule, global: true, providers: [telemetry], exports: [Telemetry] };
}

@Module({})
class ApiModule {}

/** The service's module with everything that every API has around it. */
export function apiModule(service: Type | DynamicModule, options: ApiOptions): DynamicModule {
  return {
    module: ApiModule,
    imports: [healthModule, idempotencyModule, telemetryModule(options), service],
    controllers: [HealthController],
    providers: [
      callerSource(options),
      { provide: APP_FILTER, useClass: ProblemFilter },
      { provide: APP_GUARD, useClass: CallerGuard },
      // The first is the outermost: what is remembered includes the headers that the second sets.
      { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      { provide: APP_INTERCEPTOR, useClass: AnswerHeadersInterceptor },
      { provide: APP_INTERCEPTOR, useClass: ReadOnlyFieldsInterceptor },
      { provide: APP_PIPE, useClass: BodyPipe },
    ],
  };
}

function callerSource({ callers, config }: ApiOptions): Provider {
  if (callers !== undefined) return { provide: CallerSource, useExisting: callers };
  const publicKey = config.CALLER_TOKEN_PUBLIC_KEY;
  if (publicKey === undefined) throw new TypeError('createApi needs CALLER_TOKEN_PUBLIC_KEY or a source of callers');
  return { provide: CallerSource, useFactory: () => new TokenCallers(publicKey) };
}
