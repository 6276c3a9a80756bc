import { type InjectionToken } from '@nestjs/common';
import { type CallerSource } from './caller';
import { type HttpConfig } from './http.settings';

export interface ApiOptions {
  service: string;
  config: HttpConfig & { CALLER_TOKEN_PUBLIC_KEY?: string };
  /** Serves the document of the service at `/openapi.json`. */
  openApi?: { title: string; description?: string };
  /** Who knows the callers; the gateway's token when not given. Has to be exported by the module. */
  callers?: InjectionToken<CallerSource>;
}
