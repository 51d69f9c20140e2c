// What stands on the command line in, the two sides of the comparison out.
import { resolve } from 'node:path';
import type { Side } from '../../agent/compare/comparable.ts';
import { STANDARD_INPUT } from '../../agent/collect/recording-text.ts';
import type { ReplayPlace } from '../../agent/replay-run.ts';
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
  /** Whose settings name the Redis. */
  readonly data: string;
}

/** @throws Misused where it is not clear what A and B are. */
export function chooseSides(
  names: readonly string[],
  options: SideOptions,
  place: Pick<ReplayPlace, 'modelsDir' | 'enrol'>,
): Readonly<Record<Side, OutputSide>> {
  const { aCommand, bCommand, recording = [], models, data } = options;
  const files = recording.map((file) => resolve(file));
  const named = [...names];
  function one(side: Side, command: string | undefined): OutputSide {
    if (command !== undefined) return commandSide(command, needed(command));
    const name = named.shift();
    if (name === undefined) throw new Misused(`error: ${side} is missing: name it, or give it a command with --${side.toLowerCase()}-command`);
    if (name === 'local')
      return localSide(needed('local'), { ...place, ...(models === undefined ? {} : { dataDir: resolve(models) }) });
    if (name === 'redis' || /^rediss?:/.test(name)) return redisSide(name === 'redis' ? null : name, resolve(data));
    return fileSide(name === STANDARD_INPUT ? name : resolve(name));
  }
  function needed(what: string): readonly string[] {
    if (files.length === 0) throw new Misused(`error: ${what} needs events: name them with --recording`);
    return files;
  }
  const sides = { A: one('A', aCommand), B: one('B', bCommand) };
  if (named.length > 0) throw new Misused(`error: there are two sides, and ${named[0]} is a third`);
  return sides;
}
