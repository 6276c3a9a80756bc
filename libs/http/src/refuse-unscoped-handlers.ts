import { type INestApplicationContext, type Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import { publicMetadata, scopesMetadata } from './caller';

/** Ends the start-up with the first handler that says neither what scope it wants nor that anyone may call it. */
export function refuseUnscopedHandlers(app: INestApplicationContext): void {
  const scanner = new MetadataScanner();
  for (const controller of controllersOf(app)) {
    const prototype = controller.prototype as object;
    for (const method of scanner.getAllMethodNames(prototype)) {
      const handler = Reflect.get(prototype, method) as () => unknown;
      if (!Reflect.hasMetadata(PATH_METADATA, handler) || isOpenOrScoped(app.get(Reflector), handler, controller)) {
        continue;
      }
      throw new TypeError(`${controller.name}.${method} has neither @RequiresScope with a scope nor @Public.`);
    }
  }
}

function controllersOf(app: INestApplicationContext): Type[] {
  return [...app.get(ModulesContainer).values()]
    .flatMap((module) => [...module.controllers.values()])
    .flatMap(({ metatype }) => (typeof metatype === 'function' ? [metatype as Type] : []));
}

function isOpenOrScoped(reflector: Reflector, handler: () => unknown, controller: Type): boolean {
  if (reflector.getAllAndOverride<unknown>(publicMetadata, [handler, controller]) === true) return true;
  const scopes = reflector.getAllAndOverride<string[] | undefined>(scopesMetadata, [handler, controller]);
  return scopes !== undefined && scopes.length > 0;
}
