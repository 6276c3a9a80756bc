import {
  consumerLag,
  type KafkaConfig,
  replayConsumer,
  type ReplayedPartition,
  resetConsumer,
} from '@expo-accord/messaging';
import { type Command } from 'commander';
import { type DataSource } from 'typeorm';
import { kafkaConfig } from '../config';
import { withDatabase } from '../database';
import { WrongUsage } from '../exit-codes';
import { instant, serviceOf } from '../options';
import { counted, type Report, table, type Tell } from '../report';
import { refusal } from './replay.rules';

interface Options {
  fromStart?: boolean;
  since?: Date;
  service?: string;
}

export function addReplayCommand(program: Command, tell: Tell): void {
  program
    .command('replay')
    .description('makes a consumer that keeps copies take messages again; refused where effects would happen twice')
    .argument('<consumer>')
    .option('--from-start', 'everything that its topics still have')
    .option('--since <time>', 'what was written since then, such as 2026-11-21T08:00:00Z', instant)
    .action(async (consumer: string, _: unknown, self: Command) => {
      tell(await replay(consumer, self.optsWithGlobals<Options>()));
    });
}

async function replay(consumer: string, { fromStart = false, since, service }: Options): Promise<Report> {
  if (fromStart === (since !== undefined)) throw new WrongUsage('Say either --from-start or --since.');
  const why = refusal(consumer);
  if (why !== null) throw new WrongUsage(why);
  const owner = serviceOf(service);
  if (!consumer.startsWith(`${owner}.`))
    throw new WrongUsage(`${consumer} is not of ${owner}, whose settings these are.`);
  const config = kafkaConfig();
  const partitions = await withDatabase((dataSource) =>
    since === undefined
      ? fromTheStart(dataSource, config, consumer)
      : replayConsumer(dataSource, config, consumer, since),
  );
  const messages = partitions.reduce((sum, { from, to }) => sum + to - from, 0);
  const rows = partitions.map(({ topic, partition, from, to }) => [topic, partition, from, to]);
  const summary =
    partitions.length === 0
      ? 'Nothing to take again.'
      : `${counted(messages, 'offset')} to take again. Until the service is through, its copies are as they were then.`;
  return {
    text: [...(rows.length === 0 ? [] : [table(['topic', 'partition', 'from', 'up to'], rows)]), summary].join('\n'),
    json: { consumer, partitions },
    hasFindings: false,
  };
}

async function fromTheStart(
  dataSource: DataSource,
  config: KafkaConfig,
  consumer: string,
): Promise<ReplayedPartition[]> {
  const stood = (await consumerLag(dataSource, config)).filter((one) => one.consumer === consumer);
  await resetConsumer(dataSource, consumer);
  return stood.flatMap(({ topic, partition, earliest, position }) =>
    position === null || position <= earliest ? [] : [{ topic, partition, from: earliest, to: position }],
  );
}
