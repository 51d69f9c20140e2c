// When the mouse is in use. In: mouse events in time order. Out: active time, rest within it, and pauses.
import type { MouseEvent } from '../events.ts';
import { STROKE_GAP_MS } from './strokes.ts';

/** In a longer gap the hand has left the mouse: it is neither a pause nor active time. */
const MAX_PAUSE_MS = 5000;
/** Active time counts no gap for more than this, as the recordings' protocols do. */
const IDLE_CAP_MS = 1000;

export interface Activity {
  readonly activeMs: number;
  /** Part of `activeMs` in gaps of 150 ms and more. */
  readonly restMs: number;
  /** Gaps from 150 ms to 5 s. */
  readonly pausesMs: Float64Array;
}

export function mouseActivity(events: readonly MouseEvent[]): Activity {
  const pausesMs = new Float64Array(events.length);
  let [pauses, activeMs, restMs] = [0, 0, 0];
  let previousUs = events[0]?.ts ?? 0;
  for (const { ts } of events) {
    const gapMs = (ts - previousUs) / 1000;
    previousUs = ts;
    if (gapMs <= 0 || gapMs > MAX_PAUSE_MS) continue;
    const countedMs = Math.min(gapMs, IDLE_CAP_MS);
    activeMs += countedMs;
    if (gapMs < STROKE_GAP_MS) continue;
    restMs += countedMs;
    pausesMs[pauses++] = gapMs;
  }
  return { activeMs, restMs, pausesMs: pausesMs.subarray(0, pauses) };
}
