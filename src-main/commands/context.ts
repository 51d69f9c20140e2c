// What every command is given, and how it says that it failed. The exit codes are those of the house: 0 fine, 1 failed, 2 misused.
import { homedir } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { defaultDataFolder } from '../data-folder.ts';
import type { Modality } from '../../src-preload/contract.ts';
import type { Places } from './places.ts';
import type { Terminal } from './terminal.ts';

export type ExitCode = 0 | 1 | 2;

export interface Context {
  readonly terminal: Terminal;
  readonly places: Places;
  readonly env: NodeJS.ProcessEnv;
  /** Keeps the exit code of the command that ran. */
  readonly finish: (code: ExitCode) => void;
}

/** The arguments make no sense together: exit code 2. */
export class Misused extends Error {}

export const dataOption = (env: NodeJS.ProcessEnv): Option =>
  new Option('--data <dir>', 'folder of profiles, models and history').default(defaultDataFolder(env, homedir()));

export const jsonOption = (): Option => new Option('--json', 'print the result as JSON');

/** @returns a parser for commander: a number within the bounds, whole where asked for, else a usage error */
export function numberBetween(low: number, high: number, whole: 'whole' | 'any' = 'whole'): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= low && value <= high && (whole === 'any' || Number.isInteger(value)))
      return value;
    throw new InvalidArgumentError(`It must be a ${whole === 'whole' ? 'whole ' : ''}number from ${low} to ${high}.`);
  };
}

/** Options that shorten enrolment; shared by `run` and `replay`. */
export function addEnrolOptions(command: Command): Command {
  const events = numberBetween(1, 1_000_000);
  return command
    .addOption(
      new Option('--enrol-keystrokes <n>', 'keystrokes to learn from before typing is scored').argParser(events),
    )
    .addOption(
      new Option('--enrol-mouse <n>', 'mouse movements to learn from before the mouse is scored').argParser(events),
    )
    .addOption(new Option('--enrol-apps <n>', 'application switches to learn from').argParser(events))
    .addOption(new Option('--enrol-words <n>', 'words to learn from, where writing is turned on').argParser(events));
}

export interface EnrolOptions {
  readonly enrolKeystrokes?: number;
  readonly enrolMouse?: number;
  readonly enrolApps?: number;
  readonly enrolWords?: number;
}

export function enrolCounts(options: EnrolOptions): Partial<Record<Modality, number>> {
  const { enrolKeystrokes, enrolMouse, enrolApps, enrolWords } = options;
  return {
    ...(enrolKeystrokes === undefined ? {} : { keystroke: enrolKeystrokes }),
    ...(enrolMouse === undefined ? {} : { mouse: enrolMouse }),
    ...(enrolApps === undefined ? {} : { app: enrolApps }),
    ...(enrolWords === undefined ? {} : { linguistic: enrolWords }),
  };
}
