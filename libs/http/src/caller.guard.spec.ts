import { type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { CallerSource, type Caller, Public, RequiresScope } from './caller';
import { CallerGuard } from './caller.guard';

class Handlers {
  @Public()
  open(): void {}

  @RequiresScope('notes:read')
  scoped(): void {}

  forgotten(): void {}
}

class OneCaller extends CallerSource {
  override callerOf(): Promise<Caller> {
    return Promise.resolve({ tenantId: 't', keyId: 'k', scopes: ['notes:read'] });
  }
}

const guard = new CallerGuard(new OneCaller(), new Reflector());
const callTo = (method: keyof Handlers): ExecutionContext =>
  ({
    getType: () => 'http',
    getHandler: () => Reflect.get<Handlers, keyof Handlers>(Handlers.prototype, method),
    getClass: () => Handlers,
    switchToHttp: () => ({ getRequest: () => ({}) }),
  }) as unknown as ExecutionContext;

describe('the guard of callers', () => {
  it('opens what is public, and what wants a scope that the key has', async () => {
    expect(await guard.canActivate(callTo('open'))).toBe(true);
    expect(await guard.canActivate(callTo('scoped'))).toBe(true);
  });

  it('keeps a handler closed that says neither', async () => {
    await expect(guard.canActivate(callTo('forgotten'))).rejects.toMatchObject({ status: 403 });
  });
});
