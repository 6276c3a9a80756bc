import { consumers, type ServiceName, topics } from '@expo-accord/contracts';
import {
  type Access,
  type AccessDifference,
  accessDifferences,
  accessOf,
  accessOfOutsider,
  grantAccess,
  revokeSurplus,
} from '@expo-accord/messaging';
import { type Command } from 'commander';
import { kafkaConfig } from '../config';
import { WrongUsage } from '../exit-codes';
import { namedService } from '../options';
import { counted, type Report, table, type Tell } from '../report';

interface Options {
  service?: string;
  outsider?: string;
}

export function addAccessCommands(program: Command, tell: Tell): void {
  const command = program
    .command('access')
    .description(
      "what users of Kafka may do: every service, or one, or somebody outside; with an administrator's login",
    );
  const action = (name: string, description: string, answer: (options: Options) => Promise<Report>): void => {
    command
      .command(name)
      .description(description)
      .option('--outsider <user>', 'somebody outside, who may read public topics in groups that begin with "<user>."')
      .action(async (_: unknown, self: Command) => {
        tell(await answer(self.optsWithGlobals<Options>()));
      });
  };
  action('check', 'names each right that is missing or beyond what is due', check);
  action('grant', 'gives what is due, and takes nothing away', grant);
  action('revoke', 'takes away what is beyond what is due; from somebody outside, everything', revoke);
}

async function check(options: Options): Promise<Report> {
  const accesses = due(options);
  const differences = await accessDifferences(kafkaConfig(), accesses);
  return { ...listed(accesses, differences, 'difference'), hasFindings: differences.length > 0 };
}

async function grant(options: Options): Promise<Report> {
  const accesses = due(options);
  const config = kafkaConfig();
  const missing = (await accessDifferences(config, accesses)).filter(({ is }) => is === 'missing');
  if (missing.length > 0) await grantAccess(config, accesses);
  return listed(accesses, missing, 'right');
}

async function revoke(options: Options): Promise<Report> {
  const accesses = due(options).map((access) => (options.outsider === undefined ? access : { ...access, grants: [] }));
  return listed(accesses, await revokeSurplus(kafkaConfig(), accesses), 'right');
}

function due({ service: option, outsider }: Options): Access[] {
  const service = namedService(option);
  const services = speakers();
  if (outsider === undefined) {
    return services.filter((one) => service === undefined || one === service).map(accessOf);
  }
  if (service !== undefined) throw new WrongUsage('Say --service or --outsider, not both.');
  // What is granted to a service's name is the service's.
  if (!/^[\w-]+$/.test(outsider) || services.some((one) => one === outsider)) {
    throw new WrongUsage(
      `${outsider} cannot be the name of somebody outside: letters, digits, - and _, and no service.`,
    );
  }
  return [accessOfOutsider(outsider)];
}

/** Every service that has anything to do with Kafka. */
function speakers(): ServiceName[] {
  const readers = consumers.map(({ name }) => name.split('.')[0] as ServiceName);
  return [...new Set([...topics.map(({ owner }) => owner), ...readers])];
}

function listed(accesses: readonly Access[], rights: readonly AccessDifference[], noun: string): Report {
  const summary = `${counted(accesses.length, 'user')}, ${counted(rights.length, noun)}.`;
  const rows = rights.map(({ user, is, right }) => [user, is, right]);
  return {
    text: rights.length === 0 ? summary : `${table(['user', 'was', 'right'], rows)}\n${summary}`,
    json: { users: accesses.map(({ user }) => user), rights },
    hasFindings: false,
  };
}
