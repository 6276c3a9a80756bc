/** What a run leaves behind, as plain data: the checks over it touch nothing else. */
export interface History {
  /** Every record of every topic, in the order of the partition it lies in. */
  readonly said: readonly Said[];
  /** What the services' databases say of their own streams. */
  readonly streams: readonly Streams[];
  readonly consumers: readonly ConsumerState[];
  /** Read models and deliveries by `schema.table`. */
  readonly effects: Readonly<Record<string, readonly Row[]>>;
  readonly endpoints: readonly Endpoint[];
  /** What the workload asked for and was told. */
  readonly stories: readonly Story[];
  /** What the owners keep of it. */
  readonly kept: readonly Kept[];
  /** In the order of arrival. */
  readonly webhooks: readonly Received[];
  /** Message-ID of each mail, in the order of arrival. */
  readonly mails: readonly string[];
}

export type Row = Readonly<Record<string, unknown>>;

export interface Place {
  readonly epoch: number;
  readonly sequence: number;
}

export interface Said extends Place {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** `/<aggregate>/<id>`. */
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly tenantId: string;
  /** As it travelled; null for a tombstone. */
  readonly text: string | null;
}

export interface Streams {
  readonly service: string;
  /** By source: the number given out last. */
  readonly counters: ReadonlyMap<string, number>;
  /** In the order in which they would be sent. */
  readonly unsent: readonly (Place & { readonly source: string; readonly id: string })[];
}

export interface ConsumerState {
  readonly consumer: string;
  readonly cursors: readonly (Place & { readonly source: string; readonly state: string })[];
  readonly positions: readonly { readonly topic: string; readonly partition: number; readonly next: number }[];
  /** Sources of parked messages. */
  readonly parked: readonly string[];
}

export interface Endpoint {
  readonly id: string;
  readonly tenantId: string;
}

export interface Received {
  readonly endpointId: string;
  readonly messageId: string;
  readonly source: string;
  readonly sequence: number;
}

export const storyKinds = ['registration', 'agreement', 'project', 'event'] as const;
export type StoryKind = (typeof storyKinds)[number];

/** One aggregate as its client knows it: asked for under a marker that is in no other, and taken on step by step. */
export interface Story {
  readonly kind: StoryKind;
  readonly marker: string;
  /** From the answer to its creation, if one came. */
  readonly id: string | null;
  /** In the order in which they were asked for. Only the last may be unanswered: its client gave up there. */
  readonly steps: readonly Step[];
}

export interface Step {
  /** What Kafka is told of it; null where nobody is. */
  readonly status: string | null;
  readonly isAnswered: boolean;
}

/** An aggregate in its owner's tables. */
export interface Kept {
  readonly kind: StoryKind;
  readonly marker: string;
  readonly id: string;
}

/** What is wrong, and with which aggregate, row or part. */
export interface Finding {
  readonly kind: 'loss' | 'reordering' | 'double' | 'difference' | 'refusal' | 'stuck';
  readonly about: string;
  readonly detail: string;
}

/** The messages as they count: without repetitions of one that was there before. */
export function firstOccurrences(said: readonly Said[]): Said[] {
  const seen = new Set<string>();
  return said.filter(({ source, epoch, sequence }) => {
    const name = `${source} ${epoch} ${sequence}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}
