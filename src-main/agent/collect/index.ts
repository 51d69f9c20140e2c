// Every source of events; the live ones one line each.
import { appCollector } from './app.ts';
import type { Collector } from './collector.ts';
import { createInputHook } from './input-hook.ts';
import { keyboardCollector } from './keyboard.ts';
import { mouseCollector } from './mouse.ts';
import type { Environment } from './x-display.ts';

export function liveCollectors(env: Environment = process.env): readonly Collector[] {
  const hook = createInputHook({ env });
  return [keyboardCollector(hook), mouseCollector(hook), appCollector(env)];
}

export { replayCollector, readRecording, type ReplayCollector } from './replay.ts';
export { syntheticCollector, TYPISTS } from './synthetic.ts';
