// A second of the wall in, several seconds of life out: every clock and timer that a program can ask in JavaScript is made to run faster.
// The agent under test is the built one, unchanged: all that it does by the clock (ticks, readings of the host, roll-ups, retention,
// training, watchdogs) lives at this speed, whoever wrote it and wherever it looks at the time.
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { promisify } from 'node:util';

export interface Life {
  /** When it begins, by the wall; both clocks show the same then. */
  readonly fromMs: number;
  /** Seconds of life in a second of the wall. */
  readonly speed: number;
}

/** Milliseconds since the epoch; pure. */
export const lifeMs = ({ fromMs, speed }: Life, wallMs: number): number => fromMs + (wallMs - fromMs) * speed;

type Timer = (work: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) => NodeJS.Timeout;

/**
 * For the rest of this process. What Node itself waits for (its own time limits of HTTP, `AbortSignal.timeout`) keeps the time of the wall.
 * @returns the timer of the wall, for what watches from inside
 */
export function quicken(life: Life): { readonly wallInterval: Timer } {
  const { speed } = life;
  const require = createRequire(import.meta.url);
  const timers = require('node:timers') as Record<string, unknown>;
  const promises = require('node:timers/promises') as Record<string, unknown>;
  const os = require('node:os') as { uptime: () => number };
  const wall = { now: Date.now, interval: setInterval as Timer, steady: performance.now.bind(performance) };

  const SystemDate = Date;
  globalThis.Date = new Proxy(Date, {
    construct: (date, given: unknown[], target) =>
      Reflect.construct(date, given.length === 0 ? [lifeMs(life, wall.now())] : given, target) as Date,
    apply: () => new SystemDate(lifeMs(life, wall.now())).toString(),
  });
  // Where the clock is kept as a function of its own, `nowMs: Date.now`, it is this one.
  SystemDate.now = () => Math.floor(lifeMs(life, wall.now()));

  const steadyFrom = wall.steady();
  performance.now = () => steadyFrom + (wall.steady() - steadyFrom) * speed;
  for (const owner of [os, process] as { uptime: () => number }[]) {
    const uptime = owner.uptime.bind(owner);
    const fromS = uptime();
    owner.uptime = () => fromS + (uptime() - fromS) * speed;
  }

  for (const name of ['setTimeout', 'setInterval'] as const) {
    const slow = globalThis[name] as Timer;
    const quick: Timer = (work, ms, ...given) => slow(work, (ms ?? 0) / speed, ...given);
    const slowPromise = promises[name] as (ms?: number, ...rest: unknown[]) => unknown;
    const quickPromise = (ms?: number, ...rest: unknown[]): unknown => slowPromise((ms ?? 0) / speed, ...rest);
    if (name === 'setTimeout') Object.defineProperty(quick, promisify.custom, { value: quickPromise });
    promises[name] = quickPromise;
    timers[name] = quick;
    Object.assign(globalThis, { [name]: quick });
  }
  syncBuiltinESMExports();
  return { wallInterval: wall.interval };
}
