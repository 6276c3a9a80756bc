import { type ConsumerName, type ServiceName } from '@expo-accord/contracts';

/** What a consumer keeps of the messages that it takes, so that it can be made again from them. */
export interface ReadModel {
  /** Written by this consumer's handlers and by nobody else; each has a primary key. None: there is nothing to rebuild. */
  readonly tables: readonly string[];
  /** What its handlers write besides: effects that were had, and that a rebuild must not have again. */
  readonly effects?: readonly string[];
}

/** Of each consumer of a service. */
export type ReadModels<S extends ServiceName> = Readonly<Record<Extract<ConsumerName, `${S}.${string}`>, ReadModel>>;

/** A rebuild that cannot be begun; the message is a sentence for whoever asked. */
export class RebuildRefused extends Error {
  override readonly name = 'RebuildRefused';
}

/** A table of the read model, and in how many rows the fresh one differed from the serving one. */
export interface RebuiltTable {
  readonly table: string;
  readonly rows: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

export interface Rebuilt {
  readonly consumer: string;
  /** Offset up to which each partition was read: where the serving consumer stood at the switch. */
  readonly partitions: readonly { topic: string; partition: number; from: number; to: number }[];
  readonly tables: readonly RebuiltTable[];
  /** Messages that could not be taken and wait in `parked`. */
  readonly parked: number;
}
