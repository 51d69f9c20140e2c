// What the application occupies while nobody looks at it, and the least that a tray application with a background process can: for
// `seclyzer bench --only app`. In: Electron's runtime and a desktop without a screen. Out: one line of JSON, `{emptyMiB, idleMiB}` or
// `{missing}`, what has to be installed first.
import path from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { settledMemory } from './settled-memory.ts';
import { missingForStage, openStage, type Stage } from './stage.ts';

const EMPTY = path.resolve(import.meta.dirname, 'empty-app');
const TRAY_LIMIT_MS = 30_000;
const POLL_MS = 250;

/** @throws Error when the icon does not come, or go, in time. */
async function untilTray(stage: Stage, shown: boolean): Promise<void> {
  const lateMs = performance.now() + TRAY_LIMIT_MS;
  while (((await stage.desktop.panel.drawnIcon()) !== null) !== shown) {
    if (performance.now() > lateMs) throw new Error(`the icon did not ${shown ? 'appear in' : 'leave'} the tray`);
    await pass(POLL_MS);
  }
}

async function measure(): Promise<{ readonly emptyMiB: number; readonly idleMiB: number }> {
  // What is linked would share its memory with whatever else runs on the same runtime at that moment.
  const stage = await openStage({ runtime: 'copied' });
  try {
    const empty = stage.start(stage.home('empty'), [], EMPTY);
    await untilTray(stage, true);
    const { pssMiB: emptyMiB } = await settledMemory(empty.pid ?? 0);
    await stage.clear();
    await untilTray(stage, false);
    const home = stage.home('idle');
    const program = stage.start(home, ['--data', home.data]);
    await untilTray(stage, true);
    const { pssMiB: idleMiB } = await settledMemory(program.pid ?? 0);
    return { emptyMiB, idleMiB };
  } finally {
    await stage.stop();
  }
}

const missing = missingForStage();
console.log(JSON.stringify(missing === null ? await measure() : { missing }));
