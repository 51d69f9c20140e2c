// Every source of events; the live ones one line each.
import { join } from 'node:path';
import { appCollector } from './app.ts';
import type { Collector } from './collector.ts';
import { createCrashGuard, type CrashGuard } from './crash-guard.ts';
import { createInputHook } from './input-hook.ts';
import { keyboardCollector } from './keyboard.ts';
import { mouseCollector } from './mouse.ts';
import type { Environment } from './x-display.ts';

/** @param dataDir where the input hook leaves word that it has taken the process down; without one, nobody minds. */
export function liveCollectors(env: Environment = process.env, dataDir?: string): readonly Collector[] {
  const guard = dataDir === undefined ? null : inputGuard(dataDir);
  const hook = createInputHook({ env, ...(guard === null ? {} : { guard }) });
  return [keyboardCollector(hook), mouseCollector(hook), appCollector(env)];
}

const inputGuard = (dataDir: string): CrashGuard =>
  createCrashGuard({ file: join(dataDir, 'input-hook.json'), what: 'the input hook' });

export { replayCollector, readRecording, type ReplayCollector } from './replay.ts';
export { syntheticCollector, TYPISTS } from './synthetic.ts';
