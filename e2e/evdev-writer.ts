// A keyboard and a mouse that work as fast as any: writes what they would send to two named pipes, in the kernel's form.
// Arguments: the pipe of the keyboard, that of the mouse. At SIGTERM it prints how many keys and movements were written, and how often
// a full pipe made it wait, and ends. Runs as a process of its own, so that what it costs is not counted as the reader's.
import { constants, openSync, writeSync } from 'node:fs';
import { bytesOf, key, rel, REPORT } from '../src-main/agent/collect/evdev/evdev.fixture.ts';
import { codeOf } from '../src-main/agent/thrown.ts';

const KEYS_A_SECOND = 1000;
const MOVES_A_SECOND = 8000;
const [keyboardPipe = '', mousePipe = ''] = process.argv.slice(2);
const [keyboard, mouse] = [keyboardPipe, mousePipe].map((path) =>
  openSync(path, constants.O_WRONLY | constants.O_NONBLOCK),
);
const done = { keys: 0, moves: 0, waits: 0 };

/** @returns false where there is no room now. */
function write(pipe: number | undefined, bytes: Buffer): boolean {
  try {
    writeSync(pipe ?? -1, bytes);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EAGAIN') throw error;
    done.waits += 1;
    return false;
  }
}

/** A writer that had to wait for the processor goes on where it was: no device makes up for lost time by a burst. */
const LONGEST_STEP_MS = 10;
let ended: boolean = false;
process.once('SIGTERM', () => (ended = true));
let [elapsedS, lastMs] = [0, performance.now()];
function work(): void {
  const nowMs = performance.now();
  elapsedS += Math.min(nowMs - lastMs, LONGEST_STEP_MS) / 1000;
  lastMs = nowMs;
  const nowUs = Date.now() * 1000;
  for (; done.keys < elapsedS * KEYS_A_SECOND; done.keys += 1) {
    const code = 16 + (done.keys % 10);
    const stroke = bytesOf(nowUs, [[4, 4, code], key(code, 1), REPORT, [4, 4, code], key(code, 0), REPORT]);
    if (!write(keyboard, stroke)) break;
  }
  for (; done.moves < elapsedS * MOVES_A_SECOND; done.moves += 1)
    if (!write(mouse, bytesOf(nowUs, [rel(0, 1), rel(1, -1), REPORT]))) break;
  if (ended) process.stdout.write(JSON.stringify(done));
  else setTimeout(work, 1);
}
work();
