import { createParamDecorator, type ExecutionContext, SetMetadata, applyDecorators } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { type FastifyRequest } from 'fastify';
import { forbidden, unauthenticated } from './problem';

/** On whose behalf a request is made. */
export interface Caller {
  tenantId: string;
  keyId: string;
  scopes: readonly string[];
}

/** Who a request's caller is; throws a Problem when that cannot be told. */
export abstract class CallerSource {
  abstract callerOf(request: FastifyRequest): Promise<Caller>;
}

export interface CalledRequest extends FastifyRequest {
  caller?: Caller;
}

export const publicMetadata = 'expo-accord:public';
export const scopesMetadata = 'expo-accord:scopes';

/** Open to anyone, without a caller: health and documents only. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(publicMetadata, true);

/** The handler wants all of these scopes; they are also shown in the API document as `x-scopes`. */
export function RequiresScope(...scopes: string[]): MethodDecorator & ClassDecorator {
  return applyDecorators(SetMetadata(scopesMetadata, scopes), ApiExtension('x-scopes', scopes));
}

export function hasScope(caller: Caller, scope: string): boolean {
  return caller.scopes.includes(scope);
}

/** For scopes that depend on the body, such as `history:write` for `historical: true`. */
export function requireScope(caller: Caller, scope: string): void {
  if (!hasScope(caller, scope)) {
    throw forbidden('scope-missing', `The key lacks the scope ${scope}.`, { scope });
  }
}

/** The caller as a handler's parameter. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<CalledRequest>();
  if (caller === undefined) throw unauthenticated('caller-unknown', 'The request names no caller.');
  return caller;
});
