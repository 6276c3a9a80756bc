import { consumersOf } from '@expo-accord/contracts';
import { consumerLag } from '@expo-accord/messaging';
import { type Command } from 'commander';
import { kafkaConfig } from '../config';
import { withDatabase } from '../database';
import { serviceOf, wholeNumber } from '../options';
import { counted, type Report, table, type Tell } from '../report';

interface Options {
  service?: string;
  max?: number;
}

export function addLagCommand(program: Command, tell: Tell): void {
  program
    .command('lag')
    .description('how far each consumer is behind, by the positions in its database')
    .option('--max <offsets>', 'a finding if any partition is further behind than this', wholeNumber)
    .action(async (_: unknown, self: Command) => {
      tell(await lag(self.optsWithGlobals<Options>()));
    });
}

async function lag({ service, max = Infinity }: Options): Promise<Report> {
  const declared = consumersOf(serviceOf(service));
  const kafka = kafkaConfig();
  const partitions = await withDatabase((dataSource) => consumerLag(dataSource, kafka));
  const begun = new Set(partitions.map(({ consumer }) => consumer));
  const notBegun = declared.filter((consumer) => !begun.has(consumer));
  const findings = partitions.filter(({ trouble, behind }) => trouble !== null || behind > max);
  const behindInAll = partitions.reduce((sum, { behind }) => sum + behind, 0);
  const rows = partitions.map((one) => [
    one.consumer,
    one.topic,
    one.partition,
    one.position,
    one.end,
    one.behind,
    one.trouble ?? (one.behind > max ? 'too far behind' : ''),
  ]);
  const summary = [
    `${counted(partitions.length, 'partition')}, ${behindInAll} behind, ${counted(findings.length, 'finding')}.`,
    ...notBegun.map((consumer) => `${consumer} has not begun.`),
  ];
  return {
    text: [table(['consumer', 'topic', 'partition', 'position', 'end', 'behind', 'trouble'], rows), ...summary].join(
      '\n',
    ),
    json: { behind: behindInAll, partitions, notBegun, findings },
    hasFindings: findings.length > 0,
  };
}
