import { dropParked, droppedRecords, parkedMessages, parkedSources, redrive } from '@expo-accord/messaging';
import { type Command } from 'commander';
import { withDatabase } from '../database';
import { WrongUsage } from '../exit-codes';
import { counted, type Report, table, type Tell } from '../report';

export function addParkedCommands(program: Command, tell: Tell): void {
  const command = program.command('parked').description('messages that could not be taken, and what waits behind them');
  command
    .command('list')
    .description('every parked key, longest waiting first; a finding if there is any')
    .action(async () => {
      tell(await list());
    });
  command
    .command('show')
    .description('what waits under a key, in order, without what it says')
    .argument('<consumer>')
    .argument('<key>', 'the aggregate, such as /series/0192a3c4-…')
    .option('--payload', 'also what the messages say; never of topics with personal data')
    .action(async (consumer: string, key: string, { payload = false }: { payload?: boolean }) => {
      tell(await show(consumer, key, payload));
    });
  command
    .command('redrive')
    .description('has parked messages tried again, in order, by the running service')
    .argument('[consumer]')
    .argument('[key]')
    .option('--all', 'every key of the consumer, or of every consumer if none is named')
    .action(async (consumer: string | undefined, key: string | undefined, { all = false }: { all?: boolean }) => {
      if (all === (key !== undefined)) throw new WrongUsage('Name a consumer and one key, or say --all.');
      tell(await redriveThese(consumer, key));
    });
  command
    .command('drop')
    .description('gives the first message under a key up; the reason is kept, and a rebuild gives it up again')
    .argument('<consumer>')
    .argument('<key>')
    .requiredOption('--reason <text>', 'why, for whoever asks later')
    .action(async (consumer: string, key: string, { reason }: { reason: string }) => {
      if (reason.trim() === '') throw new WrongUsage('The reason is empty.');
      tell(await drop(consumer, key, reason.trim()));
    });
  command
    .command('dropped')
    .description('what was given up, and why')
    .action(async () => {
      tell(await dropped());
    });
}

async function list(): Promise<Report> {
  const keys = await withDatabase(parkedSources);
  const waiting = keys.reduce((sum, key) => sum + key.waiting, 0);
  const summary = `${counted(keys.length, 'key')}, ${counted(waiting, 'message')} parked.`;
  const rows = keys.map((key) => [key.consumer, key.source, key.waiting, key.reason, key.since, key.state]);
  return {
    text:
      keys.length === 0
        ? summary
        : `${table(['consumer', 'key', 'waiting', 'reason', 'since', 'state'], rows)}\n${summary}`,
    json: { waiting, keys },
    hasFindings: keys.length > 0,
  };
}

async function show(consumer: string, key: string, payload: boolean): Promise<Report> {
  const messages = await withDatabase((dataSource) => parkedMessages(dataSource, consumer, key, { payload }));
  const rows = messages.map((message) => [
    `${message.topic}/${message.partition}/${message.offset}`,
    message.sequence,
    message.type,
    message.time,
    message.bytes,
    message.reason,
    message.detail,
  ]);
  const payloads = messages.map(
    (message) => `${message.topic}/${message.partition}/${message.offset} ${payloadOf(message)}`,
  );
  return {
    text:
      messages.length === 0
        ? nothingUnder(consumer, key)
        : [
            table(['topic/partition/offset', 'number', 'type', 'time', 'bytes', 'reason', 'detail'], rows),
            ...(payload ? payloads : []),
          ].join('\n'),
    json: { consumer, key, messages },
    hasFindings: messages.length === 0,
  };
}

function payloadOf({ bytes, payload }: { bytes: number | null; payload?: string | null }): string {
  if (bytes === null) return '(tombstone)';
  return payload ?? '(withheld: the topic carries personal data)';
}

function nothingUnder(consumer: string, key: string): string {
  return `${consumer} has nothing parked under ${key}.`;
}

async function redriveThese(consumer: string | undefined, key: string | undefined): Promise<Report> {
  return withDatabase(async (dataSource) => {
    const keys = (await parkedSources(dataSource)).filter(
      (one) => (consumer === undefined || one.consumer === consumer) && (key === undefined || one.source === key),
    );
    if (keys.length === 0 && consumer !== undefined && key !== undefined) {
      return { text: nothingUnder(consumer, key), json: { asked: [] }, hasFindings: true };
    }
    for (const one of keys) await redrive(dataSource, one.consumer, one.source);
    const asked = keys.map((one) => ({ consumer: one.consumer, source: one.source, waiting: one.waiting }));
    return {
      text: `Asked for ${counted(asked.length, 'key')}; the running service tries them within seconds, and parked list says what came of it.`,
      json: { asked },
      hasFindings: false,
    };
  });
}

async function drop(consumer: string, key: string, reason: string): Promise<Report> {
  return withDatabase(async (dataSource) => {
    const done = await dropParked(dataSource, consumer, key, reason);
    const left = done ? (await parkedMessages(dataSource, consumer, key, { payload: false })).length : 0;
    const behind =
      left === 0 ? 'the key flows again' : `${counted(left, 'message')} still waiting for a redrive or a drop`;
    return {
      text: done ? `Gave up one message; ${behind}.` : nothingUnder(consumer, key),
      json: { consumer, key, dropped: done, left },
      hasFindings: !done,
    };
  });
}

async function dropped(): Promise<Report> {
  const records = await withDatabase(droppedRecords);
  const rows = records.map((one) => [
    one.consumer,
    `${one.topic}/${one.partition}/${one.offset}`,
    one.droppedAt,
    one.reason,
  ]);
  return {
    text:
      records.length === 0
        ? 'Nothing was given up.'
        : table(['consumer', 'topic/partition/offset', 'given up', 'reason'], rows),
    json: { dropped: records },
    hasFindings: false,
  };
}
