// The sources of the host monitor enter, their events leave, one round in each interval: one timer wakes the processor for all of them.
// A source that fails leaves the others alone, says why, and is tried again later.
import type { MetricData, MetricEvent } from '../../../../src-preload/contract.ts';
import { messageOf } from '../../thrown.ts';
import type { Availability } from '../collector.ts';
import { threadMs } from '../../thread-time.ts';
import { SYSTEM_ALARM, type Alarm } from '../keep-running.ts';
import { UnavailableError } from '../unavailable.ts';
import { createHostClock, type ClockReading, type HostClock } from './host-clock.ts';
import type { HostReader, HostSource } from './host-source.ts';

export interface HostSink {
  /** Takes one event over. Never throws. */
  readonly publish: (event: MetricEvent) => void;
  /** A source has gone or has come back. */
  readonly report: (source: string, availability: Availability) => void;
  /** All that could be read at once has been published. `beganMs` is what this thread had had of the processor before. */
  readonly roundEnded: (now: ClockReading, beganMs: number) => void;
}

export interface HostCollector {
  /** What each source needs, by name. Never throws. */
  readonly available: () => Promise<ReadonlyMap<string, Availability>>;
  /** Begins with a reading at once; rates come with the second. Does nothing when it runs already. */
  readonly start: (sink: HostSink) => Promise<void>;
  /** Ends within a second; safe to call twice and before `start`. */
  readonly stop: () => Promise<void>;
  /** From now on. */
  readonly setIntervalMs: (ms: number) => void;
}

export interface CollectorParts {
  readonly sources: readonly HostSource[];
  readonly intervalMs: number;
  readonly clock?: (longestMs: () => number) => HostClock;
  readonly alarm?: Alarm;
}

/** A failed source is tried again after this. */
const AGAIN_AFTER_MS = 60_000;
/** Readings further apart than both of these have nothing to do with each other; a machine at its limit may be some seconds late. */
const LONGEST_MS = 10_000;
const LONGEST_INTERVALS = 5;
/** A slow reading under way may hold up the end by this much. */
const PATIENCE_MS = 900;
/** Timers are not exact: a reading may come this much before its time. */
const EARLY_MS = 200;

interface Running {
  readonly source: HostSource;
  reader: HostReader | null;
  failed: boolean;
  /** Awake and steady clock of its last reading. */
  lastAwakeMs: number | null;
  lastSteadyMs: number;
  pending: Promise<void> | null;
}

export function createHostCollector(parts: CollectorParts): HostCollector {
  const { sources, clock = createHostClock, alarm = SYSTEM_ALARM } = parts;
  let { intervalMs } = parts;
  let run: Run | null = null;

  async function available(): Promise<ReadonlyMap<string, Availability>> {
    const found = sources.map(async (source) => [source.name, await source.available()] as const);
    return new Map(await Promise.all(found));
  }
  async function start(sink: HostSink): Promise<void> {
    if (run !== null) return;
    const time = clock(() => Math.max(LONGEST_MS, LONGEST_INTERVALS * intervalMs));
    const mine: Run = { running: [], silence: () => undefined, schedule };
    run = mine;
    function schedule(): void {
      mine.silence();
      // On the grid of the interval, so that whatever else wakes up each second may do so at the same time.
      if (run === mine) mine.silence = alarm.after(intervalMs - (alarm.nowMs() % intervalMs) + 1, round);
    }
    function round(): void {
      const [now, beganMs] = [time.read(), threadMs()];
      for (const one of mine.running) if (run === mine) readOne(one, now, sink, () => run !== mine);
      if (run === mine) sink.roundEnded(now, beganMs);
      schedule();
    }
    const found = await available();
    for (const [name, availability] of found) sink.report(name, availability);
    const wanted = sources.filter(
      ({ name, againAfterMs }) => found.get(name)?.ok === true || againAfterMs !== undefined,
    );
    mine.running.push(...wanted.map(notYetRead));
    if (run === mine) round();
  }
  async function stop(): Promise<void> {
    if (run === null) return;
    const { running, silence } = run;
    run = null;
    silence();
    const patience = Promise.withResolvers<void>();
    const cancel = alarm.after(PATIENCE_MS, patience.resolve);
    await Promise.race([Promise.all(running.map(({ pending }) => pending ?? Promise.resolve())), patience.promise]);
    cancel();
    for (const one of running) one.reader?.close();
  }
  return {
    available,
    start,
    stop,
    setIntervalMs: (ms) => {
      if (ms === intervalMs) return;
      intervalMs = ms;
      run?.schedule();
    },
  };
}

/** From one start to its stop. */
interface Run {
  readonly running: Running[];
  silence: () => void;
  readonly schedule: () => void;
}

const notYetRead = (source: HostSource): Running => ({
  ...{ source, reader: null, failed: false, lastAwakeMs: null, lastSteadyMs: -Infinity, pending: null },
});

const failureOf = (name: string, error: unknown): Availability => ({
  ok: false,
  reason: `${name}: ${messageOf(error)}`,
  fix: `It is tried again in ${AGAIN_AFTER_MS / 1000} seconds.`,
});

/** Opens the source when it must be, reads it when it is its time, and publishes what it tells. Never throws. */
function readOne(one: Running, now: ClockReading, sink: HostSink, stopped: () => boolean): void {
  const { source } = one;
  if (now.gap) one.lastAwakeMs = null;
  const everyMs = one.failed ? (source.againAfterMs ?? AGAIN_AFTER_MS) : (source.leastEveryMs ?? 0);
  if (one.pending !== null || now.steadyMs - one.lastSteadyMs < everyMs - EARLY_MS) return;
  const elapsedS = one.lastAwakeMs === null ? null : (now.awakeMs - one.lastAwakeMs) / 1000;
  one.lastAwakeMs = now.awakeMs;
  one.lastSteadyMs = now.steadyMs;
  const take = (data: MetricData | null): void => {
    if (one.failed) sink.report(source.name, { ok: true });
    one.failed = false;
    if (data !== null && !stopped())
      sink.publish({ timestamp: now.timestampUs, event_type: source.eventType, source: source.name, data });
  };
  const fail = (error: unknown): void => {
    one.reader?.close();
    one.reader = null;
    one.failed = true;
    one.lastAwakeMs = null;
    sink.report(source.name, error instanceof UnavailableError ? error.found : failureOf(source.name, error));
  };
  try {
    one.reader ??= source.open();
    const { timestampUs, steadyMs } = now;
    const data = one.reader.read({ timestampUs, steadyMs, elapsedS });
    if (!(data instanceof Promise)) return take(data);
    one.pending = data.then(take, fail).finally(() => (one.pending = null));
  } catch (error) {
    fail(error);
  }
}
