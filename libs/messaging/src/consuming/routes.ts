import { type MessageContract, type TopicContract } from '@expo-accord/contracts';
import { type MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { type HandlerRole, tombstonePattern } from './on-message.decorator';
import { type MessageContext } from './received';

/** One handler method of a consumer, ready to be called. */
export interface Route {
  readonly kind: HandlerRole['kind'];
  readonly method: symbol;
  readonly call: (payload: unknown, context: MessageContext) => Promise<void>;
}

/** What a consumer subscribes to and who takes what, as found on its decorated methods. */
export class Routes {
  readonly #byPattern = new Map<string, Route>();
  readonly #contracts = new Map<string, MessageContract>();
  readonly #topics = new Map<string, TopicContract>();

  /** @throws when two methods ask for the same type: which one took effect would be left to chance. */
  static of(
    consumer: string,
    handlers: ReadonlyMap<string, MessageHandler>,
    timed: (route: Route) => Route = (route) => route,
  ): Routes {
    const routes = new Routes();
    for (const [pattern, handler] of handlers) {
      const { role } = handler.extras as { role: HandlerRole };
      if (handler.next !== undefined) {
        throw new Error(`Consumer ${consumer} has two handlers for ${pattern}`);
      }
      const route = { kind: role.kind, method: role.method, call: callerOf(handler) };
      routes.#byPattern.set(pattern, timed(route));
      role.contracts.forEach((contract) => routes.#contracts.set(contract.type, contract));
      role.topics.forEach((topic) => routes.#topics.set(topic.name, topic));
    }
    if (routes.#topics.size === 0) {
      throw new Error(`Consumer ${consumer} has no handlers: is its controller part of the application?`);
    }
    return routes;
  }

  get topics(): readonly string[] {
    return [...this.#topics.keys()];
  }

  topic(name: string): TopicContract | undefined {
    return this.#topics.get(name);
  }

  contract(type: string): MessageContract | undefined {
    return this.#contracts.get(type);
  }

  forType(type: string): Route | undefined {
    return this.#byPattern.get(type);
  }

  forTombstones(topic: string): Route | undefined {
    return this.#byPattern.get(tombstonePattern(topic));
  }
}

function callerOf(handler: MessageHandler): Route['call'] {
  return async (payload, context) => {
    const result: unknown = await handler(payload, context);
    if (isObservable(result)) {
      await lastValueFrom(result, { defaultValue: undefined });
    }
  };
}
