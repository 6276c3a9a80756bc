import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { fits, shapeProblems, type Problem } from '@expo-accord/values';

export type ServiceName = 'gateway' | 'events' | 'registrations' | 'agreements' | 'notifications';

/**
 * Who may read. `public`: outsiders too, so nothing before publish or agree. `internal`: our services. `restricted`:
 * personal data, for the topic's named readers alone.
 */
export type Visibility = 'public' | 'internal' | 'restricted';

/** One Kafka topic: all that happens to one aggregate, in order. Keyed by tenant and aggregate id. */
export interface TopicContract {
  readonly name: string;
  /** The only service that writes to it. */
  readonly owner: ServiceName;
  /** Plural path of the aggregate, as in `ce_source`: `/registrations/{id}`. */
  readonly aggregate: string;
  readonly partitions: number;
  readonly retention: 'forever' | { readonly days: number };
  readonly cleanup: 'delete' | 'compact';
  readonly visibility: Visibility;
  /** Where only these may read. */
  readonly readers?: readonly ServiceName[];
}

export type MessageType = `expo-accord.${string}.v${number}`;

/** One type of message, declared once: producers, consumers, released schemas and AsyncAPI all come from it. */
export interface MessageContract<S extends TSchema = TSchema> {
  readonly type: MessageType;
  readonly version: number;
  readonly topic: TopicContract;
  readonly visibility: Visibility;
  readonly description: string;
  readonly schema: S;
  readonly example: Static<S>;
}

/** What a message of this contract carries as `data`. */
export type DataOf<C> = C extends MessageContract<infer S> ? Static<S> : never;

/** Fixes a topic's type and checks it against the shape. */
export function defineTopic<const T extends TopicContract>(topic: T): T {
  return topic;
}

/** What is said of one message; the rest follows from its topic and schema. */
interface Declaration<S extends TSchema> {
  /** Aggregate and what happened, in the past tense: `registration.cancelled`. */
  name: string;
  topic: TopicContract;
  description: string;
  schema: S;
  example: Static<S>;
}

/** Declares version 1 of a message type. */
export function defineMessage<S extends TSchema>(declaration: Declaration<S>): MessageContract<S> {
  const { name, ...rest } = declaration;
  return { ...rest, type: `expo-accord.${name}.v1`, version: 1, visibility: declaration.topic.visibility };
}

/**
 * In what `data` departs from the contract; empty when it may travel. Fields added by a later version pass; what calls
 * itself internal does not, where outsiders read.
 */
export function problemsOf(contract: MessageContract, data: unknown): Problem[] {
  const problems = shapeProblems(contract.schema, data);
  return problems.length === 0 && contract.visibility === 'public' && fits(Internal, data) ? [leaking] : problems;
}

const Internal = Type.Object({ visibility: Type.Literal('internal') });

const leaking: Problem = {
  pointer: '/visibility',
  code: 'internal-on-public-topic',
  detail: 'What is internal does not travel on a public topic.',
};
