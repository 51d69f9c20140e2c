// How much was typed since a moment, out of what the agent shows of it. Enters: how many keystrokes lay in its window at each of some
// moments. Leaves: the least and the most that can have been typed since the first of them. Pure.
import { DEFAULT_SETTINGS } from '../agent/settings.ts';

export interface WindowSample {
  readonly atMs: number;
  /** Keystrokes of the last half minute, from whoever typed them. */
  readonly have: number;
}

/** Bounds that hold whatever happened between two samples; they are equal where the window was empty at the first. */
export interface KeystrokeRange {
  readonly least: number;
  readonly most: number;
}

const WINDOW_MS = DEFAULT_SETTINGS.windowUs / 1000;
const HOP_MS = DEFAULT_SETTINGS.hopUs / 1000;
/** A tick counts what came until it ran, which may be so long after the end of its hop. */
const TICK_LATE_MS = 250;

/** Keystrokes leave the window together with all others of their hop; the end of the newest hop that has left it. */
const leftUntilMs = (atMs: number): number => Math.floor((atMs - WINDOW_MS) / HOP_MS) * HOP_MS;

/**
 * What leaves the window hides as many that come in, so a single number would be a guess. With K(t) typed since the first sample and
 * g the end of the newest hop that has left, the window holds K(t) - K(g), and while g lies before the first sample also what is left
 * of earlier typing. From one sample to the next it grows by what was typed where no hop left meanwhile, else by no more than that.
 * @param samples in order of time
 * @returns of each sample, in its order
 */
export function keystrokesSince(samples: readonly WindowSample[]): readonly KeystrokeRange[] {
  const least = leastOf(samples);
  const most = mostOf(samples);
  return least.map((low, i) => ({ least: low, most: Math.max(low, most[i] ?? low) }));
}

/** @returns what was typed until then: at least by the sample before, at most by the sample after. */
export function keystrokesUntil(
  atMs: number,
  samples: readonly WindowSample[],
  ranges: readonly KeystrokeRange[],
): KeystrokeRange {
  const before = ranges[samples.findLastIndex((sample) => sample.atMs <= atMs)] ?? { least: 0, most: 0 };
  const after = ranges[samples.findIndex((sample) => sample.atMs >= atMs)] ?? ranges.at(-1) ?? before;
  return { least: before.least, most: after.most };
}

const growth = (samples: readonly WindowSample[], i: number): number =>
  (samples[i]?.have ?? 0) - (samples[i - 1]?.have ?? 0);
const shown = (samples: readonly WindowSample[], i: number): number => Math.max(0, growth(samples, i));

function leastOf(samples: readonly WindowSample[]): readonly number[] {
  const startMs = samples[0]?.atMs ?? 0;
  const least: number[] = [];
  for (const [i, { atMs, have }] of samples.entries()) {
    const stepwise = i === 0 ? 0 : (least[i - 1] ?? 0) + shown(samples, i);
    const goneMs = leftUntilMs(atMs);
    const gone = samples.findLastIndex((sample) => sample.atMs <= goneMs);
    least.push(goneMs < startMs ? stepwise : Math.max(stepwise, have + (least[gone] ?? 0)));
  }
  return least;
}

function mostOf(samples: readonly WindowSample[]): readonly number[] {
  const most: number[] = [];
  for (const [i, { atMs, have }] of samples.entries()) {
    if (i === 0) {
      most.push(0);
      continue;
    }
    const goneMs = leftUntilMs(atMs);
    const gone = samples.findIndex((sample) => sample.atMs >= goneMs + TICK_LATE_MS);
    const noneLeft = goneMs === leftUntilMs(samples[i - 1]?.atMs ?? 0);
    const stepwise = noneLeft ? (most[i - 1] ?? 0) + growth(samples, i) : Infinity;
    most.push(Math.min(stepwise, have + (most[gone] ?? 0)));
  }
  // What came later bounds what came before.
  for (let i = most.length - 2; i > 0; i -= 1) {
    most[i] = Math.min(most[i] ?? 0, (most[i + 1] ?? 0) - shown(samples, i + 1));
  }
  return most;
}
