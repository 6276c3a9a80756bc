import { Controller } from '@nestjs/common';
import { seriesRecorded } from '@expo-accord/contracts';
import { planned } from '@expo-accord/database';
import {
  attachConsumers,
  type MessageContext,
  MESSAGING_OPTIONS,
  type MessagingOptions,
  OnMessage,
  OnMessages,
  PermanentFailure,
  type Received,
} from '@expo-accord/messaging';
import { service } from '../support/messaging-service';
import { cpuOfThisProcess } from './cpu';
import { INSERT_EFFECT, INSERT_EFFECTS } from './effects';
import { now } from './latencies';
import { answerQuestions } from './measured-process';
import { aggregateOf, type Stretch, Times } from './series-stream';

/** What took effect in a stretch; times are of the commits. */
export interface ConsumerFigures {
  readonly effective: Float64Array;
  readonly count: number;
  readonly transactions: number;
  readonly firstAt: number;
  readonly lastAt: number;
  readonly cpu: number;
}

type Series = Received<typeof seriesRecorded>;

const { BENCH_CONSUMER: consumer = '', BENCH_HANDLER: handler = '' } = process.env;
let times: Times | undefined;
let poisonFrom = Infinity;
let figures = { count: 0, transactions: 0, firstAt: NaN, lastAt: NaN };
let cpu = cpuOfThisProcess();

function noteAfterCommit(messages: readonly Series[], context: MessageContext): void {
  if (Number.isNaN(figures.firstAt)) figures.firstAt = now();
  context.afterCommit(() => {
    const at = now();
    figures.count += messages.length;
    figures.transactions += 1;
    figures.lastAt = at;
    for (const { source, sequence } of messages) times?.note(source, sequence, at);
  });
}

@Controller()
class BatchConsumer {
  @OnMessages(consumer, [seriesRecorded])
  async onRecorded(messages: readonly Series[], context: MessageContext): Promise<void> {
    if (messages.some(({ source }) => aggregateOf(source) >= poisonFrom)) throw new PermanentFailure('poison');
    noteAfterCommit(messages, context);
    await planned(context.manager, 'write effects', INSERT_EFFECTS, [
      messages.map(({ source }) => source),
      messages.map(({ sequence }) => sequence),
      process.pid,
    ]);
  }
}

@Controller()
class SingleConsumer {
  @OnMessage(consumer, seriesRecorded)
  async onRecorded(message: Series, context: MessageContext): Promise<void> {
    noteAfterCommit([message], context);
    await planned(context.manager, 'write effect', INSERT_EFFECT, [message.source, message.sequence, process.pid]);
  }
}

type Events = Parameters<MessagingOptions['subscription']>[2];

/** Hands records over one at a time, as they come when there are few, so that each gets its own transaction. */
function oneAtATime(events: Events): Events {
  return {
    assigned: (partitions) => events.assigned(partitions),
    alive: () => {
      events.alive();
    },
    died: (error) => {
      events.died(error);
    },
    batch: async (batch) => {
      for (const record of batch.records) {
        if (batch.isOver()) return;
        await events.batch({ ...batch, records: [record] });
      }
    },
  };
}

/** A process of a service with one consumer, whose handler writes a row for each message. */
async function main(): Promise<void> {
  const env = process.env as Record<string, string>;
  const app = await service({ env }, [handler === 'batch' ? BatchConsumer : SingleConsumer]);
  if (handler === 'single') {
    const options = app.get<MessagingOptions>(MESSAGING_OPTIONS);
    const subscription: MessagingOptions['subscription'] = options.subscription;
    Object.assign(options, {
      subscription: (...[name, topics, events]: Parameters<typeof subscription>) =>
        subscription(name, topics, oneAtATime(events)),
    });
  }
  attachConsumers(app, [consumer]);
  await app.startAllMicroservices();
  answerQuestions(
    {
      begin: (input: { stretch: Stretch; poisonFrom?: number }) => {
        times = new Times(input.stretch);
        poisonFrom = input.poisonFrom ?? Infinity;
        figures = { count: 0, transactions: 0, firstAt: NaN, lastAt: NaN };
        cpu = cpuOfThisProcess();
      },
      count: () => figures.count,
      figures: (): ConsumerFigures => ({ ...figures, effective: times?.at ?? new Float64Array(), cpu: cpu() }),
    },
    () => app.close(),
  );
}

void main();
