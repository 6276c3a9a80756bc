import { topics } from '@expo-accord/contracts';
import { verifyStreams } from '@expo-accord/messaging';
import { type Command } from 'commander';
import { kafkaConfig } from '../config';
import { withDatabase } from '../database';
import { serviceOf } from '../options';
import { counted, type Report, table, type Tell } from '../report';

export function addVerifyCommand(program: Command, tell: Tell): void {
  program
    .command('verify')
    .description(
      'whether everything that the service said is on its topics, once and in order; reads them whole, and keeps about 1 KB in memory for each aggregate',
    )
    .action(async (_: unknown, self: Command) => {
      tell(await verify(self.optsWithGlobals<{ service?: string }>().service));
    });
}

async function verify(serviceOption: string | undefined): Promise<Report> {
  const service = serviceOf(serviceOption);
  const kafka = kafkaConfig();
  const owned = topics.filter(({ owner }) => owner === service);
  const verification = await withDatabase((dataSource) => verifyStreams(dataSource, kafka, owned));
  const { findings, records, aggregates, cursors } = verification;
  const rows = findings.map(({ kind, topic, source, consumer, detail }) => [kind, topic, source, consumer, detail]);
  const summary = `${service}: ${counted(records, 'record')} of ${counted(verification.topics, 'topic')}, ${counted(aggregates, 'aggregate')}, ${counted(cursors, 'cursor')}; ${counted(findings.length, 'finding')}.`;
  return {
    text: [
      ...(rows.length === 0 ? [] : [table(['what', 'topic', 'aggregate', 'consumer', 'detail'], rows)]),
      summary,
    ].join('\n'),
    json: { service, ...verification },
    hasFindings: findings.length > 0,
  };
}
