// Mouse events in, one at a time; out: a finding when a program rather than a hand moves or clicks.
import type { MouseEvent } from '../events.ts';
import { STROKE_GAP_MS } from '../features/strokes.ts';
import { confidenceBelow, inMs, inSeconds, type Found, type InjectedFinding } from './injected-finding.ts';
import { createMachineStrokes } from './machine-strokes.ts';
import { createMouseStrokes, type LongStroke } from './mouse-strokes.ts';
import { createRegularTimes } from './regular-times.ts';
import { createReplayedPath } from './replayed-path.ts';

export interface InjectedMouse {
  readonly accept: (event: MouseEvent) => Found | null;
  /** Looks at a movement that is over by now. */
  readonly rest: (nowUs: number) => InjectedFinding | null;
  readonly reset: () => void;
}

/**
 * A finger on a touch screen moves the pointer without a path as well: the jump and the press come at once, and the finger
 * stays for a while. A program that clicks at once lets go at once.
 */
const TOUCH_WITHIN_US = 30_000;
const MIN_TOUCH_US = 30_000;
/**
 * The steadiest tapping of trained people scatters by some 2 to 3 % of the interval (B. H. Repp, "Sensorimotor synchronization",
 * Psychonomic Bulletin & Review 12, 2005), a clock by less. No recording here holds such clicking: both limits rest on that.
 */
const CLICKS = 16;
const MAX_CLICK_CV = 0.015;
const NUDGES = 8;
const MAX_NUDGE_CV = 0.02;
/** Fast fingers reach 15 clicks a second. */
const MIN_CLICK_INTERVAL_MS = 40;
/** A program that keeps the screen awake moves the pointer by a few steps at a time. */
const MAX_NUDGE_POINTS = 4;
const SAME_PLACE_PX = 2;

/** @param looseness factor on every limit; 1 is what is measured and shipped. */
export function createInjectedMouse(looseness = 1): InjectedMouse {
  const strokes = createMouseStrokes();
  const machine = createMachineStrokes(looseness);
  const path = createReplayedPath(looseness);
  const clicks = createRegularClicks(looseness);
  const nudges = createRegularNudges(looseness);
  let touch: { readonly stroke: LongStroke; readonly pressUs: number } | null = null;

  const judge = (stroke: LongStroke | null, event: MouseEvent | null): InjectedFinding | null => {
    if (stroke === null) return null;
    const atOnce = event?.event === 'press' && event.ts - stroke.lastUs < TOUCH_WITHIN_US;
    if (!atOnce || stroke.points > 2) return machine.accept(stroke);
    touch = { stroke, pressUs: event.ts };
    return null;
  };

  const release = (event: MouseEvent): InjectedFinding | null => {
    if (touch === null || event.event !== 'release') return null;
    const { stroke, pressUs } = touch;
    touch = null;
    return event.ts - pressUs < MIN_TOUCH_US ? machine.accept(stroke) : null;
  };

  return {
    accept: (event) => {
      const ofStroke = stronger(judge(strokes.accept(event), event), release(event));
      const ofTimes = stronger(clicks.accept(event), nudges.accept(event));
      const ofPath = event.event === 'move' ? path.accept(event.x, event.y, event.ts) : null;
      return stronger(stronger(ofStroke, ofTimes), ofPath);
    },
    rest: (nowUs) => judge(strokes.rest(nowUs), null),
    reset: () => {
      for (const part of [strokes, machine, path, clicks, nudges]) part.reset();
      touch = null;
    },
  };
}

/** Of two that are as strong, the first. */
const stronger = (best: Found | null, one: Found | null): Found | null =>
  one !== null && one.confidence > (best?.confidence ?? 0) ? one : best;

/** Clicks at one place at the beat of a clock, or faster than a finger. */
function createRegularClicks(looseness: number) {
  const times = createRegularTimes(CLICKS);
  let [x, y] = [0, 0];
  return {
    accept: (event: MouseEvent): InjectedFinding | null => {
      const moved = Math.max(Math.abs(event.x - x), Math.abs(event.y - y)) > SAME_PLACE_PX;
      if (moved) times.clear();
      if (moved) [x, y] = [event.x, event.y];
      if (event.event !== 'press') return null;
      times.add(event.ts);
      const share = Math.min(
        times.cv() / (MAX_CLICK_CV * looseness),
        times.meanMs() / (MIN_CLICK_INTERVAL_MS * looseness),
      );
      if (share >= 1) return null;
      const words = `${CLICKS + 1} clicks at one place in ${inSeconds(event.ts - times.firstUs())}, ${inMs(times.meanMs())} apart`;
      return periodic(words, share, times.firstUs(), event.ts, CLICKS + 1);
    },
    reset: times.clear,
  };
}

/** Small movements, each a few steps and then rest, at the beat of a clock. */
function createRegularNudges(looseness: number) {
  const starts = createRegularTimes(NUDGES);
  let lastUs = Number.NEGATIVE_INFINITY;
  let points = 0;
  return {
    accept: ({ event, ts }: MouseEvent): InjectedFinding | null => {
      const rested = ts - lastUs >= STROKE_GAP_MS * 1000;
      lastUs = ts;
      points = rested ? 1 : points + 1;
      if (event !== 'move' || points > MAX_NUDGE_POINTS) starts.clear();
      if (event !== 'move' || !rested) return null;
      starts.add(ts);
      const share = starts.cv() / (MAX_NUDGE_CV * looseness);
      if (share >= 1) return null;
      const words = `${NUDGES + 1} small movements in ${inSeconds(ts - starts.firstUs())}, one every ${inSeconds(starts.meanMs() * 1000)}`;
      return periodic(words, share, starts.firstUs(), ts, NUDGES + 1);
    },
    reset: starts.clear,
  };
}

function periodic(words: string, share: number, firstUs: number, lastUs: number, events: number): InjectedFinding {
  const evidence = `${words}, as regular as a clock`;
  return { kind: 'periodic mouse', evidence, confidence: confidenceBelow(share, 1), firstUs, lastUs, events };
}
