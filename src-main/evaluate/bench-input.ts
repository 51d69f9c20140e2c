// From a key of a real X server to the bus, by either driver: how late it comes, what a flood of movements loses, and what typing and
// moving cost. The server has no screen (Xvfb); keys and movements are asked of it by XTEST, and a key's time runs from its asking.
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once as onceEmitted } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InputDriver } from '../agent/collect/input-driver.ts';
import type { Figure } from './bench-figure.ts';
import { monotonicMs, WORKER_FILE, type Seen } from './bench-input-worker.ts';
import { once } from './bench-timing.ts';
import { openSender, type XSender } from './x-sender.ts';

interface Measured {
  /** Milliseconds from the asking to the bus, a press or release each. */
  readonly latencyMs: readonly number[];
  /** Movements a second that came to the bus, while 60,000 a second were made or as many as the server took. */
  readonly movesPerSecond: number;
  readonly lostPercent: number;
  /** Of one core, while somebody types and moves the mouse without a pause. */
  readonly cpuPercent: number;
}

const KEY_A = 38;
const STROKES = 150;
/** Half of a fast typist's interval, and not in step with any clock. */
const STROKE_MS = 17.3;
const FLOOD = 25_000;
/** What is to be taken without loss, and what is made: a fifth more, where the machine is fast enough to make it. */
const [GOAL_PER_SECOND, FLOOD_PER_SECOND] = [50_000, 60_000];
/** Half seconds that the last of them may take to come. */
const FLOOD_TRIES = 6;
const BUSY_MS = 4000;
/** As a common mouse tells, with ten keys a second beside. */
const REPORT_MS = 8;
const REPORTS_A_STROKE = 12;
const SETTLE_MS = 500;

export function inputFigures(): readonly Figure[] {
  return (['xinput', 'uiohook'] as const).flatMap((driver): readonly Figure[] => {
    const measured = once(() => measureDriver(driver));
    const part = { missing: whyNotX, reference: null, goal: null } as const;
    // The other one is used only where there is no XInput2.
    const [goal, lost] = driver === 'xinput' ? [GOAL_PER_SECOND, 0] : [null, null];
    return [
      {
        ...{ ...part, name: `input-latency-${driver}`, unit: 'ms', better: 'less', statistic: 'p99' },
        measure: async () => (await measured()).latencyMs,
      },
      {
        ...{ ...part, name: `input-moves-${driver}`, unit: 'events/s', better: 'more', statistic: 'median' },
        ...{ reference: 10_000, goal },
        measure: async () => [(await measured()).movesPerSecond],
      },
      {
        ...{ ...part, name: `input-lost-${driver}`, unit: '% of moves', better: 'less', statistic: 'median' },
        goal: lost,
        measure: async () => [(await measured()).lostPercent],
      },
      {
        ...{ ...part, name: `input-cpu-${driver}`, unit: '% of a core', better: 'less', statistic: 'median' },
        measure: async () => [(await measured()).cpuPercent],
      },
    ];
  });
}

function whyNotX(): string | null {
  const found = (process.env['PATH'] ?? '').split(':').some((folder) => {
    try {
      accessSync(join(folder, 'Xvfb'), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  return found ? null : 'needs an X server without a screen: sudo apt-get install xvfb';
}

async function measureDriver(driver: InputDriver): Promise<Measured> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  try {
    const display = `:${await firstLine(server)}`;
    const hand = await openSender(display);
    try {
      await hand.openWindow();
      return await measureOn(display, hand, driver);
    } finally {
      hand.close();
    }
  } finally {
    server.kill();
  }
}

async function firstLine(server: ChildProcess): Promise<string> {
  const lines = createInterface({ input: server.stdio[3] as Readable });
  const [line] = (await Promise.race([
    onceEmitted(lines, 'line'),
    onceEmitted(server, 'exit').then(() => Promise.reject(new Error('Xvfb ended before it was ready'))),
  ])) as [string];
  return line;
}

async function measureOn(display: string, hand: XSender, driver: InputDriver): Promise<Measured> {
  const env: NodeJS.ProcessEnv = { ...process.env, DISPLAY: display };
  for (const name of ['WAYLAND_DISPLAY', 'XDG_SESSION_TYPE']) delete env[name];
  const worker = fork(WORKER_FILE, [driver], { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  try {
    await onceEmitted(worker, 'message');
    await type(hand, 20);
    await seenBy(worker);
    const askedMs = await type(hand, STROKES);
    const { strokesMs } = await seenBy(worker);
    if (strokesMs.length !== askedMs.length)
      throw new Error(`${strokesMs.length} of ${askedMs.length} presses and releases came`);
    return {
      latencyMs: strokesMs.map((atMs, i) => atMs - (askedMs[i] ?? Number.NaN)),
      ...(await flood(hand, worker)),
      cpuPercent: await work(hand, worker),
    };
  } finally {
    worker.kill('SIGKILL');
  }
}

async function seenBy(worker: ChildProcess): Promise<Seen> {
  await sleep(SETTLE_MS);
  const answer = onceEmitted(worker, 'message');
  worker.send('report');
  return ((await answer) as [Seen])[0];
}

/** @returns when each press and release was asked for */
async function type(hand: XSender, strokes: number): Promise<readonly number[]> {
  const askedMs: number[] = [];
  for (let i = 0; i < 2 * strokes; i += 1) {
    await sleep(STROKE_MS);
    askedMs.push(monotonicMs());
    hand.key(KEY_A, i % 2 === 0);
  }
  return askedMs;
}

async function flood(hand: XSender, worker: ChildProcess): Promise<Pick<Measured, 'movesPerSecond' | 'lostPercent'>> {
  const startMs = monotonicMs();
  for (let made = 0; made < FLOOD;) {
    const due = Math.min(FLOOD, Math.ceil(((monotonicMs() - startMs) * FLOOD_PER_SECOND) / 1000));
    for (; made < due; made += 1) hand.moveTo(made % 1280, made % 800);
    await hand.done();
  }
  const tookS = (monotonicMs() - startMs) / 1000;
  let moves = 0;
  for (let tries = 0; tries < FLOOD_TRIES && moves < FLOOD; tries += 1) moves += (await seenBy(worker)).moves;
  return { movesPerSecond: moves / tookS, lostPercent: (100 * (FLOOD - moves)) / FLOOD };
}

async function work(hand: XSender, worker: ChildProcess): Promise<number> {
  await seenBy(worker);
  const startMs = monotonicMs();
  for (let report = 0; monotonicMs() - startMs < BUSY_MS; report += 1) {
    hand.moveBy(report % 2 === 0 ? 3 : -3, 1);
    const beat = report % REPORTS_A_STROKE;
    if (beat < 2) hand.key(KEY_A, beat === 0);
    await sleep(REPORT_MS);
  }
  const tookMs = monotonicMs() - startMs;
  const { cpuMs } = await seenBy(worker);
  return (100 * cpuMs) / tookMs;
}
