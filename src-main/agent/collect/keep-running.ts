// A collector in; the same kept running while it is wanted out: started, started again after it has failed, stopped when it is
// not wanted any more. Whatever it does, it does alone: nothing here throws.
import { messageOf } from '../thrown.ts';
import type { Availability, Collector, CollectorSink } from './collector.ts';
import { UnavailableError, type Unavailable } from './unavailable.ts';

export interface KeptCollector {
  readonly collector: Collector;
  /** As it was told or found last; while it is tried again, that of the time before. */
  readonly health: () => Availability;
  /** Starts or stops it, so that it runs if and only if it is wanted. Never rejects. */
  readonly settle: () => Promise<void>;
  /** For good. Never rejects. */
  readonly stop: () => Promise<void>;
}

export interface Alarm {
  /** Of a clock that is never set. */
  readonly nowMs: () => number;
  /** The answer takes the alarm back. */
  readonly after: (ms: number, ring: () => void) => () => void;
}

export interface KeepParts {
  readonly sink: Pick<CollectorSink, 'publish' | 'refuse' | 'suspect'>;
  readonly wanted: () => boolean;
  /** `health` has changed. */
  readonly changed: () => void;
  readonly alarm: Alarm;
}

/** After the first, second and third failure; and after every further one. */
const AGAIN_AFTER_MS = [5_000, 30_000, 120_000] as const;
const THEN_EVERY_MS = 600_000;
/** One that has run as long as this fails for the first time again. */
const STEADY_MS = 60_000;

const STARTING: Unavailable = { ok: false, reason: 'it is being started', fix: 'This takes a few seconds.' };

export const SYSTEM_ALARM: Alarm = {
  // In step with the wall clock as it was at the start, so that what comes each second comes at the same moment as the ticks.
  nowMs: () => performance.timeOrigin + performance.now(),
  after: (ms, ring) => {
    const timer = setTimeout(ring, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Starts nothing yet. */
export function keepRunning(collector: Collector, parts: KeepParts): KeptCollector {
  const { sink, wanted, changed, alarm } = parts;
  let health: Availability = STARTING;
  let kept = false;
  let ended = false;
  /** Counts the starts: what an earlier one still reports is of no interest. */
  let starts = 0;
  let failures = 0;
  let fineSinceMs: number | null = null;
  let silence = (): void => undefined;
  let turn: Promise<void> = Promise.resolve();

  const inTurn = (work: () => Promise<void>): Promise<void> => (turn = turn.then(work));

  const note = (now: Availability): void => {
    health = now;
    silence();
    if (now.ok) fineSinceMs ??= alarm.nowMs();
    else if (now.final !== true) silence = alarm.after(nextDelayMs(), () => void inTurn(again));
    changed();
  };
  const nextDelayMs = (): number => {
    if (fineSinceMs !== null && alarm.nowMs() - fineSinceMs >= STEADY_MS) failures = 0;
    fineSinceMs = null;
    failures += 1;
    return AGAIN_AFTER_MS[failures - 1] ?? THEN_EVERY_MS;
  };
  const start = async (): Promise<void> => {
    const mine = ++starts;
    const before = health;
    const report = (now: Availability): void => {
      if (mine === starts) note(now);
    };
    try {
      const found = await collector.available();
      if (found.ok) await collector.start({ ...sink, report });
      // What it has reported meanwhile is newer.
      if (!found.ok || health === before) note(found);
    } catch (error) {
      note(failed(collector.name, error));
    }
  };
  const end = async (): Promise<void> => {
    starts += 1;
    silence();
    try {
      await collector.stop();
    } catch (error) {
      health = failed(collector.name, error);
    }
  };
  const again = async (): Promise<void> => {
    if (!kept) return;
    await end();
    await start();
  };
  const settle = (): Promise<void> =>
    inTurn(async () => {
      const wants = wanted() && !ended;
      if (wants === kept) return;
      kept = wants;
      if (!wants) return end();
      health = STARTING;
      failures = 0;
      fineSinceMs = null;
      await start();
    });

  return {
    collector,
    health: () => health,
    settle,
    stop: () => {
      ended = true;
      return settle();
    },
  };
}

function failed(name: string, error: unknown): Unavailable {
  if (error instanceof UnavailableError) return error.found;
  return { ok: false, reason: `${name}: ${messageOf(error)}`, fix: 'See seclyzer doctor.' };
}
