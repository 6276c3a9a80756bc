import { Transactions } from '@expo-accord/database';
import { type INestApplication, Logger } from '@nestjs/common';
import { type MicroserviceOptions, Server } from '@nestjs/microservices';
import { DataSource } from 'typeorm';
import { transportOf } from '../consuming/on-message.decorator';
import { Routes } from '../consuming/routes';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging.options';
import { type ReadModel, RebuildRefused, type Rebuilt } from './read-model';
import { Rebuild } from './rebuild';
import { castShadow, confine } from './shadow';

/**
 * Makes a consumer's read model again from the first message, beside the one that serves, and switches once both have
 * taken the same. The service goes on all the while, or need not run at all. Whatever ends this process before the
 * switch leaves everything as it was. Nothing is told to anybody: what handlers do besides is thrown away.
 *
 * @param app the service, never started: its handlers are called, in a process that can do nothing else from then on
 * @throws RebuildRefused
 */
export async function rebuildReadModel(
  app: INestApplication,
  readModels: Readonly<Record<string, ReadModel>>,
  consumer: string,
): Promise<Rebuilt> {
  const model = readModels[consumer];
  if (model === undefined) {
    throw new RebuildRefused(`There is no consumer ${consumer} here; there are ${Object.keys(readModels).join(', ')}.`);
  }
  if (model.tables.length === 0) {
    throw new RebuildRefused(
      `${consumer} keeps nothing that could be rebuilt: it tells others, and that is done once.`,
    );
  }
  const dataSource = app.get(DataSource, { strict: false });
  const { schema } = dataSource.options as { schema: string };
  const { subscription } = app.get<MessagingOptions>(MESSAGING_OPTIONS, { strict: false });
  const routes = Routes.of(consumer, handlersOf(app, consumer));
  await confine(dataSource);
  await castShadow(dataSource, schema, consumer, model);
  const rebuild = new Rebuild({
    consumer,
    schema,
    model,
    routes,
    transactions: app.get(Transactions, { strict: false }),
    // A group of its own: the serving instances keep their partitions.
    subscribe: (topics, events) => subscription(`${consumer}.rebuild`, topics, events),
  });
  return rebuild.run();
}

/** What a rebuild has to say to the process that started it. */
export type RebuildAnswer = Rebuilt | { readonly refused: string };

/** The program around it: answers the process that forked this one, if one did, and the log. Does not return. */
export async function runRebuild(
  app: INestApplication,
  readModels: Readonly<Record<string, ReadModel>>,
): Promise<never> {
  const answer = await rebuildReadModel(app, readModels, process.argv[2] ?? '').catch((error: unknown) => {
    if (error instanceof RebuildRefused) return { refused: error.message };
    throw error;
  });
  new Logger('Rebuild').log(JSON.stringify(answer));
  if (process.send !== undefined) {
    await new Promise((sent) => process.send?.(answer satisfies RebuildAnswer, undefined, undefined, sent));
  }
  return process.exit('refused' in answer ? 2 : 0);
}

/** Nest finds the decorated methods; this transport does nothing with them. */
class HandlerFinder extends Server {
  listen(callback: () => void): void {
    callback();
  }

  close(): void {
    // There is nothing to close.
  }

  on(): void {
    // The transport has no events.
  }

  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- Nest's signature
  unwrap<T>(): T {
    return undefined as T;
  }
}

function handlersOf(app: INestApplication, consumer: string): ReturnType<Server['getHandlers']> {
  const strategy = new HandlerFinder();
  strategy.setTransportId(transportOf(consumer));
  app.connectMicroservice<MicroserviceOptions>({ strategy });
  return strategy.getHandlers();
}
