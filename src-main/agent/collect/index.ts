// Every source of events; the live ones one line each.
import { join } from 'node:path';
import type { Collector } from './collector.ts';
import { createCrashGuard, type CrashGuard } from './crash-guard.ts';
import { chooseDriver } from './driver-choice.ts';
import { evdevKeyboard, evdevMouse } from './evdev/evdev-collectors.ts';
import { createEvdevInput, type EvdevInput } from './evdev/evdev-input.ts';
import { focusCandidates } from './focus/focus-order.ts';
import { driverOrder, type AskedDriver, type InputDriver } from './input-driver.ts';
import { createInputHook } from './input-hook.ts';
import { keyboardCollector } from './keyboard.ts';
import type { LearnedThrough } from './learned-through.ts';
import { mouseCollector } from './mouse.ts';
import type { Environment } from './x-display.ts';
import { xinputKeyboard, xinputMouse } from './xinput/xinput-collectors.ts';
import { createXInput } from './xinput/xinput-input.ts';

export interface LiveOptions {
  /** Where the input hook leaves word that it has taken the process down; without one, nobody minds. */
  readonly dataDir?: string;
  /** What the user has set. */
  readonly driver?: AskedDriver;
  /** Through which driver the mouse was learned; without one, any will do. */
  readonly learned?: LearnedThrough;
  /** Other than the machine's, for tests. */
  readonly evdev?: EvdevInput;
}

export function liveCollectors(env: Environment = process.env, options: LiveOptions = {}): readonly Collector[] {
  const { dataDir, driver = 'auto', learned } = options;
  const guard = dataDir === undefined ? null : inputGuard(dataDir);
  const hook = createInputHook({ env, ...(guard === null ? {} : { guard }) });
  const server = createXInput({ env });
  const kernel = options.evdev ?? createEvdevInput({ env });
  const order = driverOrder(driver, env, process.platform);
  const keyboards = {
    xinput: xinputKeyboard(server),
    uiohook: keyboardCollector(hook),
    evdev: evdevKeyboard(kernel),
  };
  const mice = { xinput: xinputMouse(server), uiohook: mouseCollector(hook), evdev: evdevMouse(kernel) };
  const among = (collectors: Readonly<Record<InputDriver, Collector>>) => ({
    candidates: order.map((driver) => ({ driver, collector: collectors[driver] })),
  });
  return [
    chooseDriver({ name: 'keyboard', modalities: ['keystroke', 'linguistic'], ...among(keyboards) }),
    chooseDriver({ name: 'mouse', modalities: ['mouse'], ...among(mice), ...learned }),
    chooseDriver({ name: 'application focus', modalities: ['app'], candidates: focusCandidates(env) }),
  ];
}

const inputGuard = (dataDir: string): CrashGuard =>
  createCrashGuard({ file: join(dataDir, 'input-hook.json'), what: 'the input hook' });

export { outsideCollector, type OutsideCollector } from './outside.ts';
export { replayCollector, readRecording, type ReplayCollector } from './replay.ts';
export { syntheticCollector, TYPISTS } from './synthetic.ts';
