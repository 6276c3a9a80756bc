import { type Writable } from 'node:stream';
import { Command } from 'commander';
import { addAccessCommands } from './access/access.commands';
import { addAuditCommands } from './audit/audit.commands';
import { addLagCommand } from './lag/lag.command';
import { addOutboxCommand } from './outbox/outbox.command';
import { addParkedCommands } from './parked/parked.commands';
import { addQuotasCommands } from './quotas/quotas.commands';
import { addReplayCommand } from './replay/replay.command';
import { type Report } from './report';
import { addTopicsCommands } from './topics/topics.commands';
import { addVerifyCommand } from './verify/verify.command';

const exitCodes = `
Exit codes:
  0  fine
  1  something is not as it should be; the output says what
  2  wrong usage, a setting missing, or refused
  3  the database or Kafka cannot be reached, or refuses
  4  an error that nobody thought of`;

/** Where help and complaints go. */
export interface Streams {
  readonly stdout: Pick<Writable, 'write'>;
  readonly stderr: Pick<Writable, 'write'>;
}

/** Every command; what it answers is handed to `show`. */
export function operatorProgram(show: (report: Report, asJson: boolean) => void, { stdout, stderr }: Streams): Command {
  const program = new Command('expo-accord')
    .description('For whoever operates expo-accord. Runs with the settings of the service that it is about.')
    .option('--json', 'one JSON document instead of tables')
    .option('--service <name>', 'the service it is about; DATABASE_SCHEMA, if not given')
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', exitCodes)
    // Commands take this over when they are added.
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) })
    .exitOverride();
  const tell = (report: Report): void => {
    show(report, program.opts<{ json?: boolean }>().json === true);
  };
  addTopicsCommands(program, tell);
  addAccessCommands(program, tell);
  addLagCommand(program, tell);
  addOutboxCommand(program, tell);
  addParkedCommands(program, tell);
  addReplayCommand(program, tell);
  addVerifyCommand(program, tell);
  addQuotasCommands(program, tell);
  addAuditCommands(program, tell);
  return program;
}
