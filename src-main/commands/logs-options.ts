// What the commands of the log guard have in common: which settings hold, and the files that they are given.
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { Argument, Option } from 'commander';
import type { UserSettings } from '../../src-preload/contract.ts';
import { STDIN } from '../agent/collect/log-file-lines.ts';
import { guardConfig, PROFILES, type GuardConfig } from '../agent/guard/profile.ts';
import { readGuardSettings } from '../agent/guard/read-settings.ts';
import { settingsFileFor } from '../config-folder.ts';
import { defaultDataFolder } from '../data-folder.ts';
import { numberBetween, type Context } from './context.ts';

export interface GuardOptions {
  readonly profile?: UserSettings['guard']['profile'];
  readonly threshold?: number;
}

export const fileArgument = (): Argument =>
  new Argument('<file...>', 'log files in the order of their time, plain or .gz; - for standard input');

export const profileOption = (): Option =>
  new Option('--profile <name>', 'how much it may cost (default: as in the settings)').choices(Object.keys(PROFILES));

export const thresholdOption = (): Option =>
  new Option('--threshold <score>', 'score from which something is an alert (default: as in the settings)').argParser(
    numberBetween(0.4, 0.95, 'any'),
  );

/** Of a data folder that was not named, the user's own. */
export const settingsFile = (data: string, { env }: Context): string => {
  const dataDir = resolve(data);
  return settingsFileFor({ dataDir, own: dataDir !== defaultDataFolder(env, homedir()) }, env, homedir());
};

/** The user's settings with what the command line says over them; what is wrong with the file is said, and the defaults serve. */
export function guardSettings(
  { profile, threshold }: GuardOptions,
  data: string,
  context: Context,
): UserSettings['guard'] {
  const { guard, problem } = readGuardSettings(settingsFile(data, context));
  if (problem !== null) context.terminal.warn(`${problem}. The default settings are used.`);
  return { ...guard, profile: profile ?? guard.profile, threshold: threshold ?? guard.threshold };
}

export const configFor = (options: GuardOptions, data: string, context: Context): GuardConfig =>
  guardConfig(guardSettings(options, data, context));

export const pathOf = (file: string): string => (file === STDIN ? file : resolve(file));
