import { outboxSummary, type OutboxSummary } from '@expo-accord/messaging';
import { type Command } from 'commander';
import { withDatabase } from '../database';
import { wholeNumber } from '../options';
import { counted, type Report, table, type Tell } from '../report';

interface Options {
  maxAge?: number;
}

export function addOutboxCommand(program: Command, tell: Tell): void {
  program
    .command('outbox')
    .description('what is said and not yet sent, and which process sends it')
    .option('--max-age <seconds>', 'a finding if anything waits longer than this', wholeNumber)
    .action(async ({ maxAge = Infinity }: Options) => {
      tell(reportOf(await withDatabase(outboxSummary), maxAge));
    });
}

function reportOf(summary: OutboxSummary, maxAge: number): Report {
  const { waiting, oldestAgeSeconds, topics } = summary;
  const rows = topics.map((topic) => [topic.topic, topic.waiting, topic.oldestSince, topic.oldestAgeSeconds]);
  const lines = [
    ...(waiting === 0 ? [] : [table(['topic', 'waiting', 'oldest', 'seconds old'], rows)]),
    `${counted(waiting, 'message')} waiting.`,
    senderOf(summary),
  ];
  return { text: lines.join('\n'), json: summary, hasFindings: (oldestAgeSeconds ?? 0) > maxAge };
}

function senderOf({ relay, standingBy }: OutboxSummary): string {
  if (relay === null) return 'Nobody sends: no process of the service is running, or none has taken over yet.';
  const { name, pid, host, since } = relay;
  const session = `${name}, database session ${pid} from ${host ?? 'this machine'} since ${since.toISOString()}`;
  return `Sent by ${session}; standing by: ${standingBy}.`;
}
