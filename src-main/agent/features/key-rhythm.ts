// The beat of typing: the 8 rhythm features. In: strokes. Out: values in the order of RHYTHM_FEATURES, NaN for missing.
import { at, correlation, mean, sampleSd, sum } from './distribution.ts';
import { feature, type Feature } from './feature-table.ts';
import { isModifier, MAX_GAP_MS, MAX_LATENCY_MS, type KeyStrokes } from './key-strokes.ts';

const intervalRule = 'press-to-press intervals up to 1 s (modifiers left out)';

export const RHYTHM_FEATURES: readonly Feature[] = [
  feature(
    'rhythm.burst-length',
    'count',
    'log',
    'length of typing bursts',
    'mean number of strokes between pauses; a pause is a gap over 1 s',
  ),
  feature('rhythm.burst-speed', '1/s', 'log', 'speed within bursts', `1 over the mean of ${intervalRule}`),
  feature(
    'rhythm.pause-share',
    'share',
    'linear',
    'how often typing pauses',
    'share of gaps over 1 s among all gaps up to 5 s',
  ),
  feature('rhythm.pause', 'ms', 'log', 'length of pauses', 'mean of gaps over 1 s and up to 5 s'),
  feature('rhythm.cv', 'ratio', 'log', 'evenness of the rhythm', `standard deviation over mean of ${intervalRule}`),
  feature(
    'rhythm.entropy',
    'bits',
    'linear',
    'variety of the rhythm',
    `Shannon entropy of ${intervalRule} in 12 bins from 30 ms to 1 s, even in the logarithm, with the bias correction of Miller and Madow; from 8 intervals on`,
  ),
  feature(
    'rhythm.autocorrelation',
    'ratio',
    'linear',
    'how one interval follows another',
    `Pearson correlation of ln(1 + interval) with that of the next, over ${intervalRule} that follow each other directly; from 8 pairs on`,
  ),
  feature(
    'rhythm.words-per-minute',
    'words/min',
    'log',
    'typing speed',
    'gaps up to 5 s, counted, over 5 keys a word and over their total time in minutes',
  ),
];

const MIN_SAMPLES = 8;
const BINS = 12;
// The narrowest bin that matters (at 60 ms) is 20 ms wide: wider than the 15.6 ms steps of the coarsest clocks met, so that
// entropy tells about the typist and not about his clock.
const BIN_FROM_MS = 30;
const BINS_PER_LN = BINS / Math.log(MAX_LATENCY_MS / BIN_FROM_MS);

interface Gaps {
  /** In bursts, ms. */
  readonly intervals: Float64Array;
  /** `joined[i]` is 1 where interval i follows interval i - 1 directly. */
  readonly joined: Uint8Array;
  readonly pauses: number;
  readonly pausesMs: number;
  readonly bursts: number;
  readonly keys: number;
}

/** @returns 8 values */
export function rhythmValues(strokes: KeyStrokes): Float64Array {
  const gaps = gapsOf(strokes);
  const { intervals, pauses, pausesMs, bursts, keys } = gaps;
  const meanMs = mean(intervals);
  const counted = intervals.length + pauses;
  // Words per minute as (keys - 1) / seconds x 60 / 5: Arif and Stuerzlinger, "Analysis of text entry performance metrics", 2009.
  return Float64Array.of(
    counted > 0 ? keys / bursts : Number.NaN,
    1000 / meanMs,
    pauses / counted,
    pausesMs / pauses,
    sampleSd(intervals) / meanMs,
    entropyBits(intervals),
    autocorrelation(gaps),
    (counted / 5) * (60_000 / (sum(intervals) + pausesMs)),
  );
}

function gapsOf(strokes: KeyStrokes): Gaps {
  const intervals = new Float64Array(strokes.count);
  const joined = new Uint8Array(strokes.count);
  let [count, pauses, pausesMs, bursts, keys] = [0, 0, 0, 0, 0];
  let previousMs = Number.NaN;
  let inBurst = false;
  for (let i = 0; i < strokes.count; i += 1) {
    if (isModifier(strokes.role[i])) continue;
    const gapMs = at(strokes.pressMs, i) - previousMs;
    previousMs = at(strokes.pressMs, i);
    keys += 1;
    if (gapMs >= 0 && gapMs <= MAX_LATENCY_MS) {
      intervals[count] = gapMs;
      joined[count] = inBurst ? 1 : 0;
      count += 1;
      inBurst = true;
      continue;
    }
    bursts += 1;
    inBurst = false;
    if (gapMs > MAX_LATENCY_MS && gapMs <= MAX_GAP_MS) {
      pauses += 1;
      pausesMs += gapMs;
    }
  }
  return { intervals: intervals.subarray(0, count), joined, pauses, pausesMs, bursts, keys };
}

/** Bias correction: Miller, "Note on the bias of information estimates", 1955: (occupied bins - 1) / 2n nats. */
function entropyBits(intervals: Float64Array): number {
  if (intervals.length < MIN_SAMPLES) return Number.NaN;
  const counts = new Float64Array(BINS);
  for (let i = 0; i < intervals.length; i += 1) {
    const position = Math.floor(Math.log(at(intervals, i) / BIN_FROM_MS) * BINS_PER_LN);
    const bin = Math.min(Math.max(position, 0), BINS - 1);
    counts[bin] = at(counts, bin) + 1;
  }
  let [nats, occupied] = [0, 0];
  for (const count of counts) {
    if (count === 0) continue;
    const share = count / intervals.length;
    nats -= share * Math.log(share);
    occupied += 1;
  }
  return (nats + (occupied - 1) / (2 * intervals.length)) / Math.LN2;
}

function autocorrelation({ intervals, joined }: Gaps): number {
  const first = new Float64Array(intervals.length);
  const second = new Float64Array(intervals.length);
  let pairs = 0;
  for (let i = 1; i < intervals.length; i += 1) {
    if (joined[i] !== 1) continue;
    first[pairs] = Math.log1p(at(intervals, i - 1));
    second[pairs] = Math.log1p(at(intervals, i));
    pairs += 1;
  }
  return pairs < MIN_SAMPLES ? Number.NaN : correlation(first.subarray(0, pairs), second.subarray(0, pairs));
}
