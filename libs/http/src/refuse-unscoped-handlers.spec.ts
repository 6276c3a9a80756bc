import { Controller, Get, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Public, RequiresScope } from './caller';
import { refuseUnscopedHandlers } from './refuse-unscoped-handlers';

@Controller('open')
class OpenController {
  @Get()
  @Public()
  read(): void {}
}

@Controller('scoped')
@RequiresScope('notes:read')
class ScopedController {
  @Get()
  read(): void {}

  /** No handler, so it needs no scope. */
  unasked(): void {}
}

@Controller('forgotten')
class ForgottenController {
  @Get('one')
  @RequiresScope('notes:read')
  read(): void {}

  @Get('other')
  readOther(): void {}
}

@Controller('empty')
class EmptyController {
  @Get()
  @RequiresScope()
  read(): void {}
}

class InheritingController extends ForgottenController {}
Controller('inheriting')(InheritingController);

async function startWith(...controllers: Type[]): Promise<void> {
  @Module({ controllers })
  class NotesModule {}
  const app = await NestFactory.createApplicationContext(NotesModule, { logger: false, abortOnError: false });
  try {
    refuseUnscopedHandlers(app);
  } finally {
    await app.close();
  }
}

describe('start-up', () => {
  it('goes on when every handler has a scope or is open to anyone', async () => {
    await expect(startWith(OpenController, ScopedController)).resolves.toBeUndefined();
  });

  it.each([
    ['that was forgotten', ForgottenController, 'ForgottenController.readOther'],
    ['whose list of scopes is empty', EmptyController, 'EmptyController.read'],
    ['that is inherited', InheritingController, 'InheritingController.readOther'],
  ])('is refused for a handler %s', async (_, controller, name) => {
    await expect(startWith(ScopedController, controller)).rejects.toThrow(
      `${name} has neither @RequiresScope with a scope nor @Public.`,
    );
  });
});
