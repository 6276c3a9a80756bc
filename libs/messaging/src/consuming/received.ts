import { type DataOf, type MessageContract } from '@expo-accord/contracts';
import { type EntityManager } from 'typeorm';

/** A message as a handler gets it: its envelope, and data that fits the contract. */
export interface Received<C = MessageContract> {
  readonly id: string;
  readonly type: C extends { type: infer T } ? T : string;
  readonly source: string;
  readonly aggregateId: string;
  readonly tenantId: string;
  readonly epoch: number;
  readonly sequence: number;
  readonly time: string;
  readonly correlationId: string;
  readonly causationId: string;
  readonly traceparent?: string;
  readonly data: DataOf<C>;
}

/** What a handler of tombstones gets. */
export type ReceivedTombstone = Omit<Received, 'data' | 'type'>;

/** The transaction that also moves cursor and position: what a handler writes through it takes effect once. */
export interface MessageContext {
  readonly manager: EntityManager;
  afterCommit(effect: () => void | Promise<void>): void;
}
