// Strokes of the keyboard in, one at a time; out: a finding when the last of them are more even, or faster, than a hand types.
// Not dependent on the clock's resolution: every limit is a ratio over many strokes, or a time that a tick does not decide.
import { confidenceBelow, inMs, inSeconds, type InjectedFinding } from './injected-finding.ts';
import { createRecentStrokes, type RecentStrokes, type StrokeWindow } from './recent-strokes.ts';
import type { TypedPress, TypedRelease } from './typed-strokes.ts';

export interface EvenTyping {
  readonly accept: (change: TypedPress | TypedRelease) => InjectedFinding | null;
  readonly reset: () => void;
}

/** Beyond this somebody, or a script, waited for something: no stroke that is looked at. */
const MAX_INTERVAL_MS = 2000;
const EVERY = 4;
/** Keeps a ratio of two intervals, or of two holds, finite and calm where they are as short as the clock's tick. */
const INTERVAL_FLOOR_MS = 2;
const HOLD_FLOOR_MS = 5;
/** Of the strokes looked at, the share whose release must have been seen before holds are judged. */
const KNOWN_HOLDS = 0.7;

/**
 * Chosen on the even-numbered people of the BB-MAS and CMU development recordings: three quarters of the least value that any
 * window of theirs has, and 0.7 of it for holds, which a coarse clock draws together. The statistics, of the intervals between
 * different keys and of the holds:
 * `tail` = ln(95th percentile / median) of the intervals. People hesitate, whatever their speed; a generator with uniform or
 * normal jitter has no long intervals.
 * `tailAndHold` adds half of the same figure of the holds, for jitter as wide as 30 %; holds of 24 strokes are too few for it.
 * `holdSpread` = ln(90th / 10th percentile) of the holds.
 */
const LIMITS = [
  { strokes: 24, tail: 0.05, tailAndHold: null, holdSpread: 0.08 },
  { strokes: 60, tail: 0.28, tailAndHold: 0.38, holdSpread: 0.16 },
  { strokes: 100, tail: 0.29, tailAndHold: 0.41, holdSpread: 0.2 },
  { strokes: 150, tail: 0.32, tailAndHold: 0.44, holdSpread: 0.2 },
] as const;
type Limits = (typeof LIMITS)[number];

/** The least 90th percentile of 24 holds among the same people is several times this; a key travels for longer. */
const MAX_NO_HOLD_MS = 15;
/** The fastest typists reach some 18 keys a second. Drumming with all fingers is as fast as this, but the keys then overlap. */
const BURST_INTERVAL_MS = 40;
const BURST_STROKES = 20;
const MAX_OVERLAPPING = 2;

/** What speaks for a finding; the words are put together only for the strongest. */
interface Suspicion {
  readonly confidence: number;
  readonly finding: () => InjectedFinding;
}

/** @param looseness factor on every limit; 1 is what is measured and shipped. */
export function createEvenTyping(looseness = 1): EvenTyping {
  const recent = createRecentStrokes(LIMITS.map(({ strokes }) => strokes));
  const examine = (): InjectedFinding | null => {
    let strongest = stronger(null, burst(recent, looseness));
    for (const [i, limits] of LIMITS.entries()) {
      const window = recent.windows[i];
      if (window === undefined || recent.count() < limits.strokes) break;
      strongest = stronger(strongest, evenHolds(recent, window, limits, looseness));
      strongest = stronger(strongest, evenIntervals(recent, window, limits, looseness));
    }
    return strongest?.finding() ?? null;
  };
  return {
    accept: (change) => {
      if (!change.differs) return null;
      if (change.change === 'release') {
        recent.release(change);
        return null;
      }
      if (!(change.intervalMs >= 0 && change.intervalMs <= MAX_INTERVAL_MS)) return null;
      // Before this press is added, so that the stroke before it mostly has its release.
      const finding = recent.count() % EVERY === 0 ? examine() : null;
      recent.press(change);
      return finding;
    },
    reset: recent.clear,
  };
}

/** Of two that are as strong, the first. */
const stronger = (best: Suspicion | null, one: Suspicion | null): Suspicion | null =>
  one !== null && one.confidence > (best?.confidence ?? 0) ? one : best;

function burst(recent: RecentStrokes, looseness: number): Suspicion | null {
  if (recent.count() < BURST_STROKES || recent.overlapping(BURST_STROKES) > MAX_OVERLAPPING) return null;
  const meanMs = recent.totalMs(BURST_STROKES) / BURST_STROKES;
  const limitMs = BURST_INTERVAL_MS * looseness;
  if (meanMs >= limitMs) return null;
  const words = (): string => `${Math.round(1000 / Math.max(meanMs, 0.1))} a second, the keys not overlapping`;
  return suspicion(recent, BURST_STROKES, 'burst faster than a hand', confidenceBelow(meanMs, limitMs), words);
}

function evenHolds(
  recent: RecentStrokes,
  { holdsMs }: StrokeWindow,
  limits: Limits,
  looseness: number,
): Suspicion | null {
  if (holdsMs.count() < KNOWN_HOLDS * limits.strokes) return null;
  const low = holdsMs.quantile(0.1);
  const high = holdsMs.quantile(0.9);
  const spread = Math.log((high + HOLD_FLOOR_MS) / (low + HOLD_FLOOR_MS));
  const share = Math.min(high / MAX_NO_HOLD_MS, spread / limits.holdSpread) / looseness;
  if (share >= 1) return null;
  const words = (): string =>
    high < MAX_NO_HOLD_MS
      ? `hardly one held longer than ${inMs(high)}`
      : `nearly all held ${inMs(low)} to ${inMs(high)}`;
  return suspicion(recent, limits.strokes, 'constant-hold typing', confidenceBelow(share, 1), words);
}

function evenIntervals(
  recent: RecentStrokes,
  { intervalsMs, holdsMs }: StrokeWindow,
  limits: Limits,
  looseness: number,
): Suspicion | null {
  const { strokes, tailAndHold } = limits;
  const middleMs = intervalsMs.quantile(0.5);
  const slowMs = intervalsMs.quantile(0.95);
  const tail = Math.log((slowMs + INTERVAL_FLOOR_MS) / (middleMs + INTERVAL_FLOOR_MS));
  const known = tailAndHold !== null && holdsMs.count() >= KNOWN_HOLDS * strokes;
  const ofBoth = known ? (tail + 0.5 * tailOf(holdsMs)) / tailAndHold : Number.POSITIVE_INFINITY;
  const share = Math.min(tail / limits.tail, ofBoth) / looseness;
  if (share >= 1) return null;
  const words = (): string => `${inMs(middleMs)} apart and hardly one later than ${inMs(slowMs)}`;
  return suspicion(recent, strokes, 'constant-interval typing', confidenceBelow(share, 1), words);
}

function tailOf(holds: StrokeWindow['holdsMs']): number {
  return Math.log((holds.quantile(0.95) + HOLD_FLOOR_MS) / (holds.quantile(0.5) + HOLD_FLOOR_MS));
}

function suspicion(
  recent: RecentStrokes,
  strokes: number,
  kind: InjectedFinding['kind'],
  confidence: number,
  words: () => string,
): Suspicion {
  return {
    confidence,
    finding: () => {
      // Rests between the strokes are no typing, so the time is the sum of the intervals.
      const evidence = `${strokes} keystrokes in ${inSeconds(1000 * recent.totalMs(strokes))}, ${words()}`;
      const [firstUs, lastUs] = [recent.timeUs(strokes - 1), recent.timeUs(0)];
      return { kind, evidence, confidence, firstUs, lastUs, events: strokes };
    },
  };
}
