import {
  consumersOf,
  consumers,
  deadLetterTopicOf,
  type ServiceName,
  type TopicContract,
  topics,
} from '@expo-accord/contracts';
import { createMissingTopics, describeTopics, topicDifferences, type TopicState } from '@expo-accord/messaging';
import { type Command } from 'commander';
import { kafkaConfig } from '../config';
import { WrongUsage } from '../exit-codes';
import { namedService, wholeNumber } from '../options';
import { counted, type Report, table, type Tell } from '../report';

interface Options {
  service?: string;
  replication?: number;
}

export function addTopicsCommands(program: Command, tell: Tell): void {
  const command = program.command('topics').description('what contracts declare, and what Kafka has of it');
  command
    .command('list')
    .description('every declared topic, dead letters included, and whether it exists')
    .action(async (_: unknown, self: Command) => {
      tell(await list(declared(self.optsWithGlobals<Options>().service)));
    });
  command
    .command('create')
    .description('creates what is missing, as declared; leaves what exists as it is')
    .action(async (_: unknown, self: Command) => {
      tell(await create(declared(self.optsWithGlobals<Options>().service)));
    });
  command
    .command('describe')
    .description('a topic with its partitions and settings')
    .argument('<topic>', 'without the prefix')
    .action(async (name: string) => {
      tell(await describe(name));
    });
  command
    .command('check')
    .description('names everything in which a topic is not as declared')
    .option(
      '--replication <count>',
      "replicas that each topic has to have; the brokers' default, if not given",
      wholeNumber,
    )
    .action(async (_: unknown, self: Command) => {
      const { service, replication } = self.optsWithGlobals<Options>();
      tell(await check(declared(service), replication));
    });
}

/** All topics that the service writes to, or all there are. */
function declared(serviceOption: string | undefined): TopicContract[] {
  const service: ServiceName | undefined = namedService(serviceOption);
  const readers = service === undefined ? consumers.map(({ name }) => name) : consumersOf(service);
  const owned = topics.filter(({ owner }) => service === undefined || owner === service);
  return [...owned, ...readers.map(deadLetterTopicOf)];
}

async function list(contracts: readonly TopicContract[]): Promise<Report> {
  const { topics: states } = await describeTopics(kafkaConfig(), contracts);
  const rows = states.map(({ contract, exists, partitions }) => ({
    topic: contract.name,
    owner: contract.owner,
    partitions: contract.partitions,
    cleanup: contract.cleanup,
    retention: retentionOf(contract),
    visibility: contract.visibility,
    offsets: exists ? partitions.reduce((sum, { earliest, end }) => sum + end - earliest, 0) : null,
    exists,
  }));
  return {
    text: table(
      ['topic', 'owner', 'partitions', 'cleanup', 'retention', 'visibility', 'offsets', 'exists'],
      rows.map((row) => [...Object.values(row).slice(0, -1), row.exists ? 'yes' : 'no'] as (string | number | null)[]),
    ),
    json: { topics: rows },
    hasFindings: false,
  };
}

function retentionOf({ retention }: TopicContract): string {
  return retention === 'forever' ? retention : counted(retention.days, 'day');
}

async function create(contracts: readonly TopicContract[]): Promise<Report> {
  const created = await createMissingTopics(kafkaConfig(), contracts);
  return {
    text: created.length === 0 ? 'All topics exist.' : `Created:\n${created.map((name) => `  ${name}`).join('\n')}`,
    json: { created },
    hasFindings: false,
  };
}

async function describe(name: string): Promise<Report> {
  const contract = declared(undefined).find((topic) => topic.name === name);
  if (contract === undefined)
    throw new WrongUsage(`No contract declares a topic ${name}; see expo-accord topics list.`);
  const [state] = (await describeTopics(kafkaConfig(), [contract])).topics as [TopicState];
  const { exists, partitions, settings } = state;
  const head = `${name}, written by ${contract.owner}, ${contract.visibility}${exists ? '' : ': missing'}`;
  const layout = table(
    ['partition', 'leader', 'replicas', 'in sync', 'earliest', 'end'],
    partitions.map((one) => [
      one.partition,
      one.leader,
      one.replicas.join(' '),
      one.inSync.join(' '),
      one.earliest,
      one.end,
    ]),
  );
  const configured = table(['setting', 'value'], Object.entries(settings));
  return {
    text: exists ? [head, layout, configured].join('\n') : head,
    json: { topic: name, exists, contract, partitions, settings },
    hasFindings: !exists,
  };
}

async function check(contracts: readonly TopicContract[], replication: number | undefined): Promise<Report> {
  const { topics: states, defaultReplication } = await describeTopics(kafkaConfig(), contracts);
  const differences = states.flatMap((state) => topicDifferences(state, replication ?? defaultReplication));
  const summary = `${counted(states.length, 'topic')}, ${counted(differences.length, 'difference')}.`;
  const rows = differences.map(({ topic, property, expected, actual }) => [topic, property, expected, actual]);
  return {
    text:
      differences.length === 0 ? summary : `${table(['topic', 'property', 'declared', 'actual'], rows)}\n${summary}`,
    json: { topics: states.length, differences },
    hasFindings: differences.length > 0,
  };
}
