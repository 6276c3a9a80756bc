import { KafkaTrouble } from '@expo-accord/messaging';
import { SettingsError } from '@expo-accord/settings';
import { CommanderError } from 'commander';
import { DatabaseTrouble } from './database';

/** The command was understood, and is refused or makes no sense as it stands. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

export interface Ending {
  /** 2 wrong usage, 3 the database or Kafka cannot be reached, 4 anything that nobody thought of. */
  readonly code: 0 | 2 | 3 | 4;
  /** For the person at the terminal; empty if all is said. */
  readonly sentence: string;
}

/** How a command ends that did not come to an answer. */
export function explain(error: unknown): Ending {
  if (error instanceof CommanderError) {
    // It has printed its help or its complaint itself.
    return { code: error.exitCode === 0 ? 0 : 2, sentence: '' };
  }
  if (error instanceof WrongUsage || error instanceof SettingsError) {
    return { code: 2, sentence: error.message };
  }
  if (error instanceof KafkaTrouble || error instanceof DatabaseTrouble) {
    return { code: 3, sentence: error.message };
  }
  return {
    code: 4,
    sentence: error instanceof Error ? (error.stack ?? error.message) : 'Something unknown went wrong.',
  };
}
