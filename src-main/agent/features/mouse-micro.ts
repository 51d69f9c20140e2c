// Small movements and the wheel: 8 features. In: motions and events. Out: values in the order of MICRO_FEATURES.
import type { MouseEvent } from '../events.ts';
import { at, mean, median } from './distribution.ts';
import { feature, type Feature } from './feature-table.ts';
import type { Motion } from './kinematics.ts';
import { smooth } from './strokes.ts';
import { tremorOf } from './tremor.ts';

export const MICRO_FEATURES: readonly Feature[] = [
  feature(
    'jitter',
    'px',
    'log',
    'steadiness of the hand',
    'root mean square distance of 60 Hz positions from their smoothing (1 2 1)/4, over frames under 150 px/s, from 5 frames on',
  ),
  feature(
    'tremor.frequency',
    'Hz',
    'linear',
    'frequency of tremor',
    'mean over strokes of the centre of gravity of the power of speed from 6 to 14 Hz; strokes from 0.25 s on',
  ),
  feature(
    'tremor.share',
    'share',
    'linear',
    'strength of tremor',
    'mean over strokes of the power of speed from 6 to 14 Hz over that from 1 to 14 Hz; strokes from 0.25 s on',
  ),
  feature(
    'submovements',
    '1/s',
    'log',
    'corrections on the way',
    'peaks of the speed, smoothed twice, over a tenth of its highest value, per second of stroke',
  ),
  feature(
    'slow.share',
    'share',
    'linear',
    'careful approach',
    'mean over strokes of the share of frames under a tenth of the peak speed',
  ),
  feature('scroll.delta', 'count', 'log', 'step of the wheel', 'mean magnitude of scroll steps'),
  feature('scroll.interval', 'ms', 'log', 'speed of scrolling', 'median time between scroll events up to 500 ms apart'),
  feature(
    'scroll.run',
    'count',
    'log',
    'length of scrolling',
    'mean number of scroll events without a gap over 500 ms',
  ),
];

const SLOW_PX_PER_S = 150;
const MIN_JITTER_FRAMES = 5;
const SCROLL_GAP_MS = 500;
const SLOW_SHARE = 0.1;

/** @returns 8 values */
export function microValues(motions: readonly Motion[], events: readonly MouseEvent[]): Float64Array {
  const tremor = tremorOf(motions);
  const scroll = scrollOf(events);
  return Float64Array.of(
    jitterPx(motions),
    tremor.frequencyHz,
    tremor.share,
    submovementsPerS(motions),
    mean(Float64Array.from(motions, slowShare)),
    scroll.delta,
    scroll.intervalMs,
    scroll.run,
  );
}

function jitterPx(motions: readonly Motion[]): number {
  let [squares, frames] = [0, 0];
  for (const { speed, stroke } of motions) {
    for (let i = 0; i < speed.length; i += 1) {
      if (at(speed, i) >= SLOW_PX_PER_S) continue;
      squares += at(stroke.jitterPx, i) ** 2;
      frames += 1;
    }
  }
  return frames < MIN_JITTER_FRAMES ? Number.NaN : Math.sqrt(squares / frames);
}

function submovementsPerS(motions: readonly Motion[]): number {
  let [peaks, durationMs] = [0, 0];
  for (const { speed, peakSpeed, stroke } of motions) {
    const calm = smooth(smooth(speed));
    durationMs += stroke.durationMs;
    for (let i = 1; i + 1 < calm.length; i += 1) {
      const v = at(calm, i);
      if (v > at(calm, i - 1) && v >= at(calm, i + 1) && v > SLOW_SHARE * peakSpeed) peaks += 1;
    }
  }
  return peaks / (durationMs / 1000);
}

function slowShare({ speed, peakSpeed, frames }: Motion): number {
  let slow = 0;
  for (let i = 0; i < frames; i += 1) if (at(speed, i) < SLOW_SHARE * peakSpeed) slow += 1;
  return slow / frames;
}

function scrollOf(events: readonly MouseEvent[]): {
  readonly delta: number;
  readonly intervalMs: number;
  readonly run: number;
} {
  const intervalsMs: number[] = [];
  let [count, total, runs] = [0, 0, 0];
  let previousUs = Number.NaN;
  for (const event of events) {
    if (event.event !== 'scroll') continue;
    const gapMs = (event.ts - previousUs) / 1000;
    previousUs = event.ts;
    count += 1;
    total += Math.abs(event.scroll_delta);
    if (gapMs >= 0 && gapMs <= SCROLL_GAP_MS) intervalsMs.push(gapMs);
    else runs += 1;
  }
  return { delta: total / count, intervalMs: median(Float64Array.from(intervalsMs)), run: count / runs };
}
