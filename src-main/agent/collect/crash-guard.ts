// A native part that may take the whole process down enters; whether it may be started leaves. JavaScript can't catch such an
// end, so a file holds, while it is at risk, how often in a row the process has ended at it.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';
import type { Unavailable } from './unavailable.ts';

export interface CrashGuard {
  /** Why the part is not to be started now; null when it may be. */
  readonly forbids: () => Unavailable | null;
  /** From now on the end of the process counts: until `leave` or `clear`, or until it has gone well for a minute. */
  readonly enter: () => void;
  /** A step that says nothing of the next one is done: what counted before it counts again. */
  readonly leave: () => void;
  /** The part was stopped in good order: nothing counts any more. */
  readonly clear: () => void;
}

export interface CrashGuardOptions {
  /** Keeps the count; removed while there is none. */
  readonly file: string;
  /** What is guarded, as `the input hook`. */
  readonly what: string;
  readonly nowMs?: () => number;
  readonly survivedAfterMs?: number;
}

/** Ends in a row after which the part rests. One may be a power cut or a kill. */
const MOST_ENDS = 2;
const SURVIVED_AFTER_MS = 60_000;
/** Each further try may end the agent again, so the rests grow fourfold, up to a day. */
const FIRST_REST_MS = 600_000;
const LONGEST_REST_MS = 86_400_000;

const record = v.object({ ends: v.pipe(v.number(), v.integer(), v.minValue(0)), atMs: v.number() });
type Record = v.InferOutput<typeof record>;
const NONE: Record = { ends: 0, atMs: 0 };

export function createCrashGuard(options: CrashGuardOptions): CrashGuard {
  const { file, what, nowMs = Date.now, survivedAfterMs = SURVIVED_AFTER_MS } = options;
  let before: Record | null = null;
  let timer: NodeJS.Timeout | undefined;
  const known = (): Record => (before ??= read(file));
  const clear = (): void => {
    clearTimeout(timer);
    before = NONE;
    write(file, NONE);
  };
  return {
    forbids: () => {
      const { ends, atMs } = known();
      const untilMs = atMs + restMs(ends);
      // A clock that was set back must not prolong the rest.
      return nowMs() >= untilMs || nowMs() < atMs ? null : resting(what, ends, untilMs);
    },
    enter: () => {
      write(file, { ends: known().ends + 1, atMs: nowMs() });
      clearTimeout(timer);
      timer = setTimeout(clear, survivedAfterMs);
      timer.unref();
    },
    leave: () => {
      clearTimeout(timer);
      write(file, known());
    },
    clear,
  };
}

const restMs = (ends: number): number =>
  ends < MOST_ENDS ? 0 : Math.min(LONGEST_REST_MS, FIRST_REST_MS * 4 ** (ends - MOST_ENDS));

function resting(what: string, ends: number, untilMs: number): Unavailable {
  const times = ends === MOST_ENDS ? 'twice' : `${ends} times`;
  const until = new Date(untilMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  return {
    ok: false,
    reason: `the agent ended ${times} in a row within a minute of starting ${what}`,
    fix: `It is tried again after ${until}. If that goes on, install SecLyzer anew, or turn this off under Settings.`,
  };
}

/** A file that is missing, cut off or not ours counts nothing. */
function read(file: string): Record {
  try {
    return v.parse(record, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return NONE;
  }
}

/** At once, for there may be no later. Where the disk takes nothing the part runs unguarded; the store tells of the disk. */
function write(file: string, count: Record): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    if (count.ends === 0) rmSync(file, { force: true });
    else writeFileSync(file, `${JSON.stringify(count)}\n`, { mode: 0o600 });
  } catch {
    return; // Said above.
  }
}
