// What stands on the command line in, the two sides of the comparison out.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { UserSettings } from '../../../src-preload/contract.ts';
import type { Side } from '../../agent/compare/comparable.ts';
import { STANDARD_INPUT } from '../../agent/collect/recording-text.ts';
import type { ReplayPlace } from '../../agent/replay-run.ts';
import { parseSettings } from '../../agent/settings-text.ts';
import { messageOf } from '../../agent/thrown.ts';
import { Misused } from '../context.ts';
import { commandSide } from './command-side.ts';
import { fileSide } from './file-side.ts';
import { localSide } from './local-side.ts';
import { redisSide } from './redis-side.ts';
import type { OutputSide } from './side.ts';

export interface SideOptions {
  readonly recording?: readonly string[];
  readonly aCommand?: string;
  readonly bCommand?: string;
  readonly models?: string;
  /** For the files of a Redis that have their usual names. */
  readonly data: string;
}

/** @throws Misused where it is not clear what A and B are. */
export function chooseSides(
  names: readonly string[],
  options: SideOptions,
  place: Pick<ReplayPlace, 'modelsDir' | 'enrol'>,
  settingsFile: string,
): Readonly<Record<Side, OutputSide>> {
  const { aCommand, bCommand, recording = [], models, data } = options;
  const files = recording.map((file) => resolve(file));
  const named = [...names];
  function one(side: Side, command: string | undefined): OutputSide {
    if (command !== undefined) return commandSide(command, needed(command));
    const name = named.shift();
    if (name === undefined)
      throw new Misused(
        `error: ${side} is missing: name it, or give it a command with --${side.toLowerCase()}-command`,
      );
    if (name === 'local') return localSide(needed('local'), place, models === undefined ? null : resolve(models));
    if (name === 'redis' || /^rediss?:/.test(name)) return redisSide(redisSettings(name), resolve(data));
    return fileSide(name === STANDARD_INPUT ? name : resolve(name));
  }
  function redisSettings(name: string): UserSettings['redis'] & { readonly url: string } {
    const settings = parseSettings(existsSync(settingsFile) ? readFileSync(settingsFile, 'utf8') : '{}').redis;
    if (name === 'redis' && settings.url === null)
      throw new Misused(`error: ${settingsFile} names no Redis: put one under "redis", or give its address`);
    return name === 'redis' ? { ...settings, url: settings.url ?? name } : checkedUrl(settings, name);
  }
  function needed(what: string): readonly string[] {
    if (files.length === 0) throw new Misused(`error: ${what} needs events: name them with --recording`);
    return files;
  }
  const sides = { A: one('A', aCommand), B: one('B', bCommand) };
  if (named.length > 0) throw new Misused(`error: there are two sides, and ${named[0]} is a third`);
  return sides;
}

/** @throws Misused for an address that the settings would not take either */
function checkedUrl(settings: UserSettings['redis'], url: string): UserSettings['redis'] & { readonly url: string } {
  try {
    parseSettings(JSON.stringify({ redis: { ...settings, url } }));
    return { ...settings, url };
  } catch (error) {
    throw new Misused(`error: ${messageOf(error)}`);
  }
}
