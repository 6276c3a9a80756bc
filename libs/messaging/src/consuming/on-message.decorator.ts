import { type MessageContract, type TopicContract } from '@expo-accord/contracts';
import { UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type MessageContext, type Received, type ReceivedTombstone } from './received';
import { RethrowFilter } from './rethrow.filter';

/** What the transport learns of a handler; Nest carries it as the pattern's extras. */
export interface HandlerRole {
  readonly kind: 'single' | 'batch' | 'tombstone';
  readonly contracts: readonly MessageContract[];
  readonly topics: readonly TopicContract[];
  /** One for each method, whichever of its patterns matched. */
  readonly method: symbol;
}

type Handles<M> = <H extends (message: M, tx: MessageContext) => Promise<void>>(
  target: object,
  key: string | symbol,
  descriptor: TypedPropertyDescriptor<H>,
) => void;

/** Messages of one type, or of any of several, one at a time, for the consumer (`<service>.<purpose>`). */
export function OnMessage<C extends MessageContract>(
  consumer: string,
  contract: C | readonly C[],
): Handles<Received<C>> {
  return handles(consumer, 'single', contract instanceof Array ? contract : [contract]);
}

/** Consecutive messages of these types together, so that one statement can take hundreds. Never empty. */
export function OnMessages<C extends MessageContract>(
  consumer: string,
  contracts: readonly C[],
): Handles<readonly Received<C>[]> {
  return handles(consumer, 'batch', contracts);
}

/** The end of an aggregate on a compacted topic. */
export function OnTombstone(consumer: string, topic: TopicContract): Handles<ReceivedTombstone> {
  return handles(consumer, 'tombstone', [], topic);
}

export const transportOf = (consumer: string): symbol => Symbol.for(`expo-accord.consumer.${consumer}`);

export const tombstonePattern = (topic: string): string => `tombstone ${topic}`;

function handles<M>(
  consumer: string,
  kind: HandlerRole['kind'],
  contracts: readonly MessageContract[],
  topic?: TopicContract,
): Handles<M> {
  return (target, key, descriptor) => {
    const topics = topic === undefined ? [...new Set(contracts.map((contract) => contract.topic))] : [topic];
    const role: HandlerRole = { kind, contracts, topics, method: Symbol(String(key)) };
    const patterns = topic === undefined ? contracts.map(({ type }) => type) : [tombstonePattern(topic.name)];
    EventPattern(patterns, transportOf(consumer), { role })(target, key, descriptor);
    UseFilters(RethrowFilter)(target, key, descriptor);
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
  };
}
