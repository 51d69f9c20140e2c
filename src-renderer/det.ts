// The geometry of a DET curve. In: shares of errors. Out: places on normal deviates, on which the curve of two normal distributions
// is a straight line; ticks; and what is read off the curve, for who cannot see it.
import { normalDeviate } from '../src-preload/normal-deviate.ts';
import type { Accuracy } from '../src-preload/contract.ts';
import { percentOf } from './accuracy-words.ts';

export interface DetPlace {
  /** Deviates of FAR and FRR. */
  readonly x: number;
  readonly y: number;
}

/** Both axes are alike: from one error in two thousand to three in five. */
const [LOW, HIGH] = [0.0005, 0.6];
/** Nothing lies at 0 and 1 on this scale; what is beyond these is outside of the frame in any case. */
const [LEAST, MOST] = [1e-5, 1 - 1e-5];

/** So far apart that their words do not touch on a narrow page. */
const SHARES = [0.001, 0.005, 0.02, 0.1, 0.2, 0.4];

export const DET_AXIS = {
  domain: [normalDeviate(LOW), normalDeviate(HIGH)],
  ticks: SHARES.map(normalDeviate),
  /** By its place among the ticks: what comes back from a chart has been rounded. */
  tickText: (_deviate: number, index: number): string => percentOf(SHARES[index] ?? 0),
} as const;

const within = (share: number, low: number, high: number): number => Math.min(high, Math.max(low, share));
const place = (share: number): number => normalDeviate(within(share, LEAST, MOST));

/** The line; what lies beyond the frame is for the chart to cut off. */
export const detLine = (det: Accuracy['det']): readonly DetPlace[] =>
  det.map(([far, frr]) => ({ x: place(far), y: place(frr) }));

/** Where the threshold in force stands, on the edge of the frame where it lies beyond. */
export const operatingPlace = ({ far, frr }: Pick<Accuracy, 'far' | 'frr'>): DetPlace => ({
  x: normalDeviate(within(far.value, LOW, HIGH)),
  y: normalDeviate(within(frr.value, LOW, HIGH)),
});

/** FAR at which the curve is read off in words. */
export const READ_AT = [0.001, 0.01, 0.05, 0.1] as const;

/** The least share of the owner's that is doubted where at most `far` of others' pass; null where the curve does not say. */
export function frrAt(det: Accuracy['det'], far: number): number | null {
  const strict = det.filter(([accepted]) => accepted <= far).map(([, refused]) => refused);
  return strict.length === 0 ? null : Math.min(...strict);
}
