import { consumerLag, type Rebuilt, replayConsumer, type ReplayedPartition } from '@expo-accord/messaging';
import { type Command } from 'commander';
import { kafkaConfig } from '../config';
import { withDatabase } from '../database';
import { WrongUsage } from '../exit-codes';
import { instant, serviceOf } from '../options';
import { counted, type Report, table, type Tell } from '../report';
import { askService } from '../service-program';
import { refusal } from './replay.rules';

interface Options {
  fromStart?: boolean;
  since?: Date;
  service?: string;
}

export function addReplayCommand(program: Command, tell: Tell): void {
  program
    .command('replay')
    .description('has messages taken again; refused where effects would happen twice')
    .argument('<consumer>')
    .option('--from-start', 'all of them, into a fresh read model beside the serving one, which it then replaces')
    .option(
      '--since <time>',
      'what was written since then, such as 2026-11-21T08:00:00Z, into copies as they are',
      instant,
    )
    .action(async (consumer: string, _: unknown, self: Command) => {
      tell(await replay(consumer, self.optsWithGlobals<Options>()));
    });
}

async function replay(consumer: string, { fromStart = false, since, service }: Options): Promise<Report> {
  if (fromStart === (since !== undefined)) throw new WrongUsage('Say either --from-start or --since.');
  const why = refusal(consumer, fromStart);
  if (why !== null) throw new WrongUsage(why);
  const owner = serviceOf(service);
  if (!consumer.startsWith(`${owner}.`))
    throw new WrongUsage(`${consumer} is not of ${owner}, whose settings these are.`);
  const config = kafkaConfig();
  if (since !== undefined) {
    return replayed(consumer, await withDatabase((dataSource) => replayConsumer(dataSource, config, consumer, since)));
  }
  // Asked here for the sake of a clear answer: the service's own program would wait for what is away.
  await withDatabase((dataSource) => consumerLag(dataSource, config));
  const { partitions, tables, parked } = await askService<Rebuilt>(owner, 'rebuild', [consumer]);
  const differences = tables.reduce((sum, { added, changed, removed }) => sum + added + changed + removed, 0);
  const lines = [
    table(
      ['table', 'rows', 'added', 'changed', 'removed'],
      tables.map((each) => [each.table, each.rows, each.added, each.changed, each.removed]),
    ),
    `${offsetsOf(partitions)} taken again; ${counted(differences, 'row')} were other than the messages say.`,
    ...(parked === 0 ? [] : [`${counted(parked, 'message')} could not be taken: see expo-accord parked list.`]),
  ];
  return { text: lines.join('\n'), json: { consumer, partitions, tables, parked }, hasFindings: parked > 0 };
}

function replayed(consumer: string, partitions: readonly ReplayedPartition[]): Report {
  const rows = partitions.map(({ topic, partition, from, to }) => [topic, partition, from, to]);
  const summary =
    partitions.length === 0
      ? 'Nothing to take again.'
      : `${offsetsOf(partitions)} to take again. Until the service is through, its copies are as they were then.`;
  return {
    text: [...(rows.length === 0 ? [] : [table(['topic', 'partition', 'from', 'up to'], rows)]), summary].join('\n'),
    json: { consumer, partitions },
    hasFindings: false,
  };
}

function offsetsOf(partitions: readonly ReplayedPartition[]): string {
  return counted(
    partitions.reduce((sum, { from, to }) => sum + to - from, 0),
    'offset',
  );
}
