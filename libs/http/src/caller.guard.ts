import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { currentContext } from '@expo-accord/observability';
import { CallerSource, type CalledRequest, publicMetadata, requireScope, scopesMetadata } from './caller';
import { forbidden } from './problem';

/** Nobody gets to a handler without a caller and the scopes that the handler names. */
@Injectable()
export class CallerGuard implements CanActivate {
  constructor(
    private readonly callers: CallerSource,
    private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http' || this.metadata(context, publicMetadata) === true) return true;
    const request = context.switchToHttp().getRequest<CalledRequest>();
    const caller = await this.callers.callerOf(request);
    request.caller = caller;
    const known = currentContext();
    if (known !== undefined) {
      known.tenantId = caller.tenantId;
      known.keyId = caller.keyId;
    }
    const scopes = this.metadata(context, scopesMetadata) as string[] | undefined;
    // Start-up refuses such a handler; one that came in by another way stays closed.
    if (scopes === undefined || scopes.length === 0) throw forbidden('forbidden', 'This is not allowed.');
    for (const scope of scopes) requireScope(caller, scope);
    return true;
  }

  private metadata(context: ExecutionContext, key: string): unknown {
    return this.reflector.getAllAndOverride<unknown>(key, [context.getHandler(), context.getClass()]);
  }
}
